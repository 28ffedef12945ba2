import type pg from "pg";
import { ObserverError } from "../../errors/index.ts";
import { sqlFile } from "../sql-file.ts";
import { openClient } from "../store.ts";

/** What a database has to do with Phase 13. */
export type Phase13State =
  | { kind: "none" }
  /** Its tables are there as Phase 13 left them; nothing was begun. */
  | { kind: "legacy"; tables: string[] }
  /** The upgrade has begun and is not through; running it again goes on. */
  | { kind: "unfinished"; waiting: string[]; unequal: string[] }
  /** Upgraded and compared. */
  | { kind: "upgraded" };

/** Whether this is a database of Phase 13, and how far its upgrade has come. Changes nothing. */
export async function detectPhase13(ownerUrl: string): Promise<Phase13State> {
  const client = await openClient(ownerUrl, "observer schema check");
  try {
    return await readPhase13(client);
  } finally {
    await client.end();
  }
}

export async function readPhase13(client: pg.ClientBase): Promise<Phase13State> {
  const found = await client.query<{ legacy: string[]; strangers: string[]; begun: boolean }>(
    sqlFile("phase13_find"),
  );
  const { legacy = [], strangers = [], begun = false } = found.rows[0] ?? {};
  if (!begun) {
    return legacy.length > 0 && strangers.length === 0
      ? { kind: "legacy", tables: legacy }
      : { kind: "none" };
  }
  const { rows } = await client.query<{ table_name: string; state: string }>(sqlFile("phase13_progress"));
  const inState = (...states: string[]) =>
    rows.filter(({ state }) => states.includes(state)).map(({ table_name }) => table_name);
  const waiting = inState("waiting", "copied");
  const unequal = inState("unequal");
  return waiting.length + unequal.length === 0
    ? { kind: "upgraded" }
    : { kind: "unfinished", waiting, unequal };
}

/** What to tell who opens such a database for anything but the upgrade; undefined when it may be opened. */
export function phase13Error(state: Phase13State, database: string): ObserverError | undefined {
  switch (state.kind) {
    case "none":
    case "upgraded":
      return undefined;
    case "legacy":
      return new ObserverError(
        "OBS_SCHEMA_PHASE_13",
        `database ${database} has the tables of Phase 13: ${state.tables.join(", ")}.`,
        'stop what writes to it, make a backup, look at "observer db migrate --plan", then run "observer db migrate --yes".',
      );
    case "unfinished":
      return new ObserverError(
        "OBS_SCHEMA_PHASE_13",
        `the upgrade of database ${database} from Phase 13 is not through: ${[...state.waiting, ...state.unequal].join(", ")} to go.`,
        'run "observer db migrate --yes" again; it goes on where it ended.',
      );
    default:
      return state satisfies never;
  }
}
