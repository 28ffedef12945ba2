import pg from "pg";
import { isObserverError, ObserverError } from "../../errors/index.ts";
import { migrate } from "../migrate.ts";
import { sqlFile } from "../sql-file.ts";
import { isLockTimeout } from "../sql-state.ts";
import { openClient } from "../store.ts";
import { compareTable } from "./compare-table.ts";
import { copyBatch } from "./copy-table.ts";
import { readPhase13 } from "./detect.ts";
import { LEGACY_TABLES } from "./legacy-table.ts";
import { readProgress, type TableProgress } from "./progress.ts";

export interface UpgradeOptions {
  /** Rows of one transaction; smaller ones in tests. */
  batchRows?: number;
  /** Stops between two transactions. */
  signal?: AbortSignal;
  onProgress?: (event: UpgradeEvent) => void;
}

export type UpgradeEvent =
  | { kind: "moved" }
  | { kind: "migrated"; applied: readonly string[] }
  | { kind: "copied"; table: TableProgress }
  | { kind: "compared"; table: string };

export interface UpgradeReport {
  readonly kind: "upgraded" | "interrupted";
  readonly tables: readonly TableProgress[];
}

/** Whoever upgrades holds it, on the very connection that writes: a connection cut is a lock given back. */
export const UPGRADE_LOCK = "7240312066217";

/**
 * Upgrades a database of Phase 13 in place: moves its tables to schema phase13, makes the schema of today, copies row
 * by row in batches, compares. Every step is a transaction that tells where it ended, so a run that was killed is
 * gone on with by the next. Of two at once the second waits a minute for the first.
 *
 * States of a table: *waiting* (batches are copied) → *copied* → *equal*, or *unequal* until a run finds it equal.
 *
 * @throws ObserverError OBS_SCHEMA_PHASE_13 when there is nothing of Phase 13, OBS_UPGRADE_BUSY, OBS_UPGRADE_FAILED,
 * OBS_UPGRADE_UNEQUAL, OBS_MIGRATION_FAILED, OBS_DATABASE_UNREACHABLE.
 */
export async function upgradePhase13(ownerUrl: string, options: UpgradeOptions = {}): Promise<UpgradeReport> {
  const client = await openClient(ownerUrl, "observer upgrade");
  try {
    await client.query(sqlFile("phase13_prepare_session"));
    await client.query("SELECT pg_advisory_lock($1)", [UPGRADE_LOCK]);
    return await upgrade(client, ownerUrl, options);
  } catch (cause) {
    throw explain(cause);
  } finally {
    await client.end();
  }
}

async function upgrade(client: pg.Client, ownerUrl: string, options: UpgradeOptions): Promise<UpgradeReport> {
  const state = await readPhase13(client);
  if (state.kind === "none") {
    throw new ObserverError(
      "OBS_UPGRADE_FAILED",
      `database ${client.database} has nothing of Phase 13.`,
      'bring its schema up to date with "observer db migrate".',
    );
  }
  if (state.kind === "legacy") {
    await moveAside(client);
    options.onProgress?.({ kind: "moved" });
  }
  if (state.kind !== "upgraded") {
    const { applied, error } = await migrate(ownerUrl, {}, { withinUpgrade: true });
    if (error !== undefined) throw error;
    options.onProgress?.({ kind: "migrated", applied });
    for (const step of ["complete_tables", "map_market_data", "map_portfolio"]) {
      await client.query(sqlFile(`phase13_${step}`));
    }
    if (
      (await copyAll(client, options)) === "interrupted" ||
      (await compareAll(client, options)) === "interrupted"
    ) {
      return { kind: "interrupted", tables: await readProgress(client) };
    }
  }
  return { kind: "upgraded", tables: await readProgress(client) };
}

/** One short transaction: either everything legacy is out of the way and accounted for, or nothing was touched. */
async function moveAside(client: pg.Client): Promise<void> {
  await client.query("BEGIN");
  await client.query(sqlFile("phase13_open_account"));
  await client.query(sqlFile("phase13_await_tables"), [LEGACY_TABLES.map(({ name }) => name)]);
  await client.query(sqlFile("phase13_move_aside"));
  await client.query("COMMIT");
}

async function copyAll(client: pg.Client, options: UpgradeOptions): Promise<"done" | "interrupted"> {
  for (const table of LEGACY_TABLES) {
    let goesOn = true;
    while (goesOn) {
      if (options.signal?.aborted === true) return "interrupted";
      goesOn = await copyBatch(client, table, options.batchRows);
      const told = (await readProgress(client)).find((row) => row.table === table.name);
      if (told !== undefined) options.onProgress?.({ kind: "copied", table: told });
    }
    await client.query(`ANALYZE public.${pg.escapeIdentifier(table.name)}`);
  }
  await client.query(sqlFile("phase13_set_sequences"));
  await client.query(sqlFile("phase13_record_sessions"));
  return "done";
}

async function compareAll(client: pg.Client, options: UpgradeOptions): Promise<"done" | "interrupted"> {
  const unequal: string[] = [];
  for (const table of LEGACY_TABLES) {
    const verdict = await compareTable(client, table, options.signal);
    if (verdict === "interrupted") return "interrupted";
    if (verdict === "unequal") unequal.push(table.name);
    options.onProgress?.({ kind: "compared", table: table.name });
  }
  if (unequal.length > 0) {
    throw new ObserverError(
      "OBS_UPGRADE_UNEQUAL",
      `after copying, ${unequal.join(", ")} in public and in phase13 are not the same; phase13.upgrade_comparison says where.`,
      'something else wrote to the tables in public meanwhile: stop it, remove its rows, and run "observer db migrate --yes" again.',
    );
  }
  await client.query(sqlFile("phase13_discard_mapping"));
  return "done";
}

function explain(cause: unknown): unknown {
  if (isObserverError(cause)) return cause;
  const words = cause instanceof Error ? cause.message : String(cause);
  if (isLockTimeout(cause)) {
    return new ObserverError(
      "OBS_UPGRADE_BUSY",
      `another upgrade, or a session that uses the legacy tables, did not end within a minute: ${words}`,
      'end it ("observer db migrate --plan" lists the sessions), then run the command again.',
      cause,
    );
  }
  return new ObserverError(
    "OBS_UPGRADE_FAILED",
    `the upgrade stopped: ${words}`,
    "what was committed stays, and nothing legacy was changed. Remove the cause and run the command again; it goes on from there.",
    cause,
  );
}
