import { sqlFile } from "../sql-file.ts";
import { openClient } from "../store.ts";
import { type Phase13State, readPhase13 } from "./detect.ts";
import { LEGACY_TABLES } from "./legacy-table.ts";
import { countRows, readProgress, type TableProgress } from "./progress.ts";

/** What the upgrade would do to a database, or has yet to do. */
export interface UpgradePlan {
  readonly state: Phase13State;
  /** In the order of copying; `read` of `rows` are dealt with already. */
  readonly tables: readonly { name: string; rows: number; read: number; state: TableProgress["state"] }[];
  /** Columns that Observer has no place for; they stay in schema phase13. */
  readonly columnsLeftBehind: readonly string[];
  /** Views of the user's that go on reading the legacy tables. */
  readonly dependentViews: readonly string[];
  /** Who else is connected; what writes must be stopped first. */
  readonly otherSessions: readonly string[];
  readonly estimatedSeconds: number;
}

/**
 * Rows a second, copying and comparing together, on two busy cores with the embedded server's small profile.
 * source: a million ticks in 27 s, 131,000 ten-minute bars in 9.7 s.
 */
const TICKS_PER_SECOND = 35_000;
const OTHERS_PER_SECOND = 13_000;

/**
 * Looks and counts; changes nothing.
 *
 * @throws ObserverError OBS_DATABASE_UNREACHABLE.
 */
export async function planUpgrade(ownerUrl: string): Promise<UpgradePlan> {
  const client = await openClient(ownerUrl, "observer upgrade plan");
  const names = async (query: string, values: unknown[]) =>
    (await client.query<{ name: string }>(sqlFile(query), values)).rows.map(({ name }) => name);
  try {
    await client.query(sqlFile("phase13_prepare_session"));
    const state = await readPhase13(client);
    if (state.kind === "none" || state.kind === "upgraded") return { ...NOTHING, state };
    const legacy = state.kind === "legacy" ? state.tables : LEGACY_TABLES.map(({ name }) => name);
    const schema = state.kind === "legacy" ? "public" : "phase13";
    const progress = state.kind === "legacy" ? [] : await readProgress(client);
    const tables = [];
    for (const { name } of LEGACY_TABLES) {
      const done = progress.find((row) => row.table === name);
      const counted = legacy.includes(name) && (state.kind === "legacy" || done !== undefined);
      const rows = counted ? await countRows(client, schema, name) : 0;
      tables.push({ name, rows, read: done?.read ?? 0, state: done?.state ?? ("waiting" as const) });
    }
    const known = LEGACY_TABLES.flatMap(({ name, columns, alsoRead = [] }) =>
      [...columns, ...alsoRead].map((column) => `${name}.${column}`),
    );
    return {
      state,
      tables,
      columnsLeftBehind: await names("phase13_carried_columns", [schema, legacy, known]),
      dependentViews: await names("phase13_dependents", [legacy]),
      otherSessions: await names("phase13_other_sessions", []),
      estimatedSeconds: tables.reduce(
        (seconds, { name, rows, read }) =>
          seconds + (rows - read) / (name === "scalp_ticks" ? TICKS_PER_SECOND : OTHERS_PER_SECOND),
        0,
      ),
    };
  } finally {
    await client.end();
  }
}

const NOTHING = {
  tables: [],
  columnsLeftBehind: [],
  dependentViews: [],
  otherSessions: [],
  estimatedSeconds: 0,
} as const;
