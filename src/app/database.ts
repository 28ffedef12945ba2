import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  type ClusterStatus,
  clusterStatus,
  type StopOutcome,
  startCluster,
  stopCluster,
} from "../cluster/index.ts";
import { ObserverError } from "../errors/index.ts";
import {
  type MigrationOutcome,
  migrate,
  openClient,
  pendingMigrations,
  revertibleMigrations,
} from "../store/index.ts";
import { maskUrl, type Settings } from "./config.ts";
import { openVault, type VaultOptions, withServer } from "./vault.ts";

export type DatabaseStatus =
  | { kind: "yours"; url: string; applied: number; pending: string[] }
  | { kind: "embedded"; home: string; server: ClusterStatus };

/** What the database is doing. Starts nothing. */
export async function databaseStatus(settings: Settings): Promise<DatabaseStatus> {
  const { databaseUrl, home } = settings;
  if (databaseUrl === undefined) return { kind: "embedded", home, server: await clusterStatus(home) };
  const { applied, pending } = await pendingMigrations(databaseUrl);
  return { kind: "yours", url: maskUrl(databaseUrl), applied: applied.length, pending };
}

/** Starts the embedded server so that it runs on after this command, with the current schema. */
export async function startDatabase(options: VaultOptions): Promise<{ port: number; version: string }> {
  requireEmbedded(options.settings.databaseUrl, "start");
  const { home, serverProfile, serverUser } = options.settings;
  const cluster = await startCluster({
    dataRoot: home,
    profile: serverProfile,
    ...(serverUser === undefined ? {} : { serverUser }),
    ...(options.log === undefined ? {} : { log: options.log }),
  });
  try {
    await (await openVault(options)).close();
    return { port: cluster.port, version: cluster.version };
  } finally {
    await cluster.release();
  }
}

export async function stopDatabase(settings: Settings): Promise<StopOutcome> {
  requireEmbedded(settings.databaseUrl, "stop");
  return await stopCluster(settings.home);
}

/** Brings the schema up to date, or to the named migration. */
export async function migrateDatabase(
  options: VaultOptions,
  to: string | undefined,
): Promise<MigrationOutcome> {
  return await withServer(options, (urls) => migrate(urls.owner, to === undefined ? {} : { to }));
}

/** What `migrateDatabase` would apply. Changes nothing. */
export async function plannedMigrations(
  options: VaultOptions,
): Promise<{ applied: string[]; pending: string[] }> {
  return await withServer(options, (urls) => pendingMigrations(urls.owner));
}

/** What `rollbackMigration` would take back, in that order. Changes nothing. */
export async function plannedRollback(options: VaultOptions, to: string | undefined): Promise<string[]> {
  return await withServer(options, (urls) => revertibleMigrations(urls.owner, to));
}

/** Takes back the last migration, or all behind the named one. */
export async function rollbackMigration(
  options: VaultOptions,
  to: string | undefined,
): Promise<MigrationOutcome> {
  return await withServer(options, (urls) =>
    migrate(urls.owner, { direction: "down", ...(to === undefined ? {} : { to }) }),
  );
}

/** Runs one statement as the role asked for; without one, `psql` on the terminal where it is installed. */
export async function runSql(
  options: VaultOptions,
  role: "owner" | "writer" | "reader",
  statement: string | undefined,
): Promise<{ columns: string[]; rows: unknown[][] } | { exitCode: number }> {
  return await withServer(options, async (urls) => {
    const url = urls[role];
    if (statement === undefined) return { exitCode: await runPsql(url) };
    const client = await openClient(url, "observer psql");
    try {
      // Of several statements pg answers a list of results; as psql -c once did, the last one is shown.
      const result = [await client.query<unknown[]>({ text: statement, rowMode: "array" })].flat().at(-1);
      return { columns: result?.fields.map((field) => field.name) ?? [], rows: result?.rows ?? [] };
    } catch (cause) {
      throw new ObserverError(
        "OBS_QUERY_FAILED",
        `the database refused the statement: ${cause instanceof Error ? cause.message : String(cause)}`,
        "mend the statement; one that changes data needs --role writer or --role owner.",
        cause,
      );
    } finally {
      await client.end();
    }
  });
}

async function runPsql(url: string): Promise<number> {
  // The password travels in the environment: arguments are visible to every user of the machine.
  const { username, password, hostname, port, pathname } = new URL(url);
  const environment = {
    ...process.env,
    PGHOST: hostname,
    PGPORT: port,
    PGUSER: decodeURIComponent(username),
    PGPASSWORD: decodeURIComponent(password),
    PGDATABASE: pathname.slice(1),
  };
  const child = spawn("psql", [], { stdio: "inherit", env: environment });
  try {
    const [code] = await once(child, "exit");
    return typeof code === "number" ? code : 1;
  } catch (cause) {
    throw new ObserverError(
      "OBS_PSQL_MISSING",
      "the program psql is not installed here.",
      'install PostgreSQL\'s client, or give the statement: observer db psql -c "SELECT …".',
      cause,
    );
  }
}

function requireEmbedded(databaseUrl: string | undefined, verb: string): void {
  if (databaseUrl === undefined) return;
  throw new ObserverError(
    "OBS_DATABASE_NOT_OURS",
    `DATABASE_URL names a server of yours; Observer does not ${verb} it.`,
    `${verb} it with its own tools, or unset DATABASE_URL to use the embedded one.`,
  );
}
