import { readdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type pg from "pg";
import { ObserverError } from "../errors/index.ts";
import { type MigrationPlan, type MigrationTarget, planMigrations } from "./migration-plan.ts";
import { phase13Error, readPhase13 } from "./phase13/detect.ts";
import { sqlFile } from "./sql-file.ts";
import { openClient } from "./store.ts";

/** What a run did. With an error, what is listed was still done: each migration is its own transaction. */
export interface MigrationOutcome {
  readonly applied: readonly string[];
  readonly reverted: readonly string[];
  /** What the server remarked, such as roles that do not exist. */
  readonly notices: readonly string[];
  readonly error?: ObserverError;
}

const MIGRATIONS = fileURLToPath(new URL("../../sql/migrations", import.meta.url));
/** Any number will do, as long as nothing else in the database locks it. */
const LOCK = "7240312066215";

/**
 * Applies or takes back migrations, one transaction each. Of two processes at once the second waits for the first.
 *
 * withinUpgrade  the caller is the upgrade from Phase 13, whose unfinished state is no reason to refuse
 * @throws ObserverError OBS_DATABASE_UNREACHABLE; every other failure is the outcome's `error`.
 */
export async function migrate(
  ownerUrl: string,
  target: MigrationTarget = {},
  { withinUpgrade = false }: { withinUpgrade?: boolean } = {},
): Promise<MigrationOutcome> {
  const client = await openClient(ownerUrl, "observer migrate");
  const notices = new Set<string>();
  client.on("notice", (notice) => notices.add(notice.message ?? ""));
  try {
    await client.query("SET statement_timeout = 0");
    await client.query("SELECT pg_advisory_lock($1)", [LOCK]);
    // The ledger's run_on has no zone and its order is the order of application: every run must use the same one.
    await client.query("SET TIME ZONE 'UTC'; SET lock_timeout = '60s'");
    const refused = withinUpgrade ? undefined : await refusePhase13(client);
    if (refused !== undefined) return { applied: [], reverted: [], notices: [...notices], error: refused };
    return { ...(await run(client, target)), notices: [...notices] };
  } finally {
    await client.end();
  }
}

/**
 * How far the database is behind the program. Changes nothing.
 *
 * @throws ObserverError OBS_DATABASE_UNREACHABLE, OBS_DATABASE_FOREIGN, OBS_DATABASE_NEWER, OBS_SCHEMA_PHASE_13.
 */
export async function pendingMigrations(ownerUrl: string): Promise<{ applied: string[]; pending: string[] }> {
  const { applied, names } = await planned(ownerUrl, {});
  return { applied, pending: names };
}

/**
 * What going down would take back, in that order: the last migration, or all behind `to`. Changes nothing.
 *
 * @throws ObserverError OBS_DATABASE_UNREACHABLE, OBS_DATABASE_FOREIGN, OBS_DATABASE_NEWER, OBS_SCHEMA_PHASE_13,
 *   OBS_MIGRATION_FAILED when `to` is not applied.
 */
export async function revertibleMigrations(ownerUrl: string, to: string | undefined): Promise<string[]> {
  const { names } = await planned(ownerUrl, { direction: "down", ...(to === undefined ? {} : { to }) });
  return names;
}

async function planned(
  ownerUrl: string,
  target: MigrationTarget,
): Promise<{ applied: string[]; names: string[] }> {
  const client = await openClient(ownerUrl, "observer schema check");
  try {
    const refused = await refusePhase13(client);
    if (refused !== undefined) throw refused;
    const applied = await readLedger(client);
    if (applied instanceof ObserverError) throw applied;
    const plan = planMigrations(await migrationNames(), applied, target);
    if (plan.kind !== "run") throw refusal(plan);
    return { applied, names: plan.names };
  } finally {
    await client.end();
  }
}

/** Names of the program's migrations, in order. */
export async function migrationNames(): Promise<string[]> {
  const files = await readdir(MIGRATIONS);
  return files
    .filter((file) => file.endsWith(".sql"))
    .map((file) => file.slice(0, -".sql".length))
    .sort();
}

async function run(client: pg.Client, target: MigrationTarget): Promise<Omit<MigrationOutcome, "notices">> {
  const applied = await readLedger(client);
  if (applied instanceof ObserverError) return { applied: [], reverted: [], error: applied };
  const plan = planMigrations(await migrationNames(), applied, target);
  if (plan.kind !== "run") return { applied: [], reverted: [], error: refusal(plan) };
  const done: string[] = [];
  const outcome = () =>
    plan.direction === "up" ? { applied: done, reverted: [] } : { applied: [], reverted: done };
  for (const name of plan.names) {
    try {
      await step(client, plan.direction, name);
    } catch (cause) {
      // On a lost connection there is nothing left to take back.
      await client.query("ROLLBACK").catch(() => undefined);
      return { ...outcome(), error: failure(plan.direction, name, cause) };
    }
    done.push(name);
  }
  if (plan.direction === "up") await client.query(sqlFile("grant_roles"));
  return outcome();
}

async function step(client: pg.Client, direction: "up" | "down", name: string): Promise<void> {
  const silent = { debug() {}, info() {}, warn() {}, error() {} };
  // Loaded when it is needed: every command and every loading thread would wait for it.
  const { runner } = await import("node-pg-migrate");
  await runner({
    dbClient: client,
    dir: MIGRATIONS,
    schema: "public",
    migrationsTable: "migration_log",
    direction,
    file: name,
    count: 1,
    singleTransaction: false,
    noLock: true,
    logger: silent,
  });
}

async function refusePhase13(client: pg.Client): Promise<ObserverError | undefined> {
  return phase13Error(await readPhase13(client), client.database ?? "");
}

/** Whether there is a ledger, and one of ours; and which tables of our names there are. */
interface LedgerState {
  present: boolean;
  readable: boolean;
  tables: string[];
}

async function readLedger(client: pg.Client): Promise<string[] | ObserverError> {
  const [ledger] = (await client.query<LedgerState>(sqlFile("migration_ledger"))).rows;
  if (ledger === undefined) throw new Error("the question about the ledger returned no row");
  const { present, readable, tables } = ledger;
  if (present && readable) {
    const { rows } = await client.query<{ name: string }>(sqlFile("applied_migrations"));
    if (rows.length > 0 || tables.length === 0) return rows.map((row) => row.name);
  }
  if (!present && tables.length === 0) return [];
  const found = [...tables, ...(present && !readable ? ["a migration_log of another tool"] : [])].join(", ");
  return new ObserverError(
    "OBS_DATABASE_FOREIGN",
    `database ${client.database} holds ${found}, made before this program kept account of its schema.`,
    "nothing was changed. Back it up, and use an empty database; only the tables of Phase 13, as they were, can be upgraded.",
  );
}

function refusal(plan: Exclude<MigrationPlan, { kind: "run" }>): ObserverError {
  switch (plan.kind) {
    case "database is newer":
      return new ObserverError(
        "OBS_DATABASE_NEWER",
        `the database has migrations this program does not know: ${plan.unknown.join(", ")}.`,
        "use the version of Observer that made them, or take them back with it first.",
      );
    case "out of order":
      return new ObserverError(
        "OBS_MIGRATION_FAILED",
        `migration ${plan.skipped} comes before ${plan.before}, which is applied already.`,
        `take the database back to before ${plan.skipped} and migrate again.`,
      );
    case "unknown target":
      return new ObserverError(
        "OBS_MIGRATION_FAILED",
        `there is no migration "${plan.to}" to go to from here.`,
        'give a full name such as 0003_portfolio, "latest", or "empty" on the way down.',
      );
    default:
      return plan satisfies never;
  }
}

function failure(direction: "up" | "down", name: string, cause: unknown): ObserverError {
  const words = cause instanceof Error ? cause.message : String(cause);
  const hint =
    cause instanceof Error && "hint" in cause && cause.hint !== undefined ? ` (${cause.hint})` : "";
  return new ObserverError(
    "OBS_MIGRATION_FAILED",
    `migration ${name} could not be ${direction === "up" ? "applied" : "taken back"}: ${words}${hint}`,
    "nothing of it was kept. Remove the cause and run the command again; it goes on from there.",
    cause,
  );
}
