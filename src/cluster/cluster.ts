import { ObserverError } from "../errors/index.ts";
import { type BringUpOptions, bringUp, type RunningServer } from "./bring-up.ts";
import { type ClusterFiles, prepareFiles } from "./cluster-files.ts";
import { type Credentials, readCredentials, SUPERUSER } from "./credentials.ts";
import { withLock } from "./generation-lock.ts";
import { dropLease, isPinned, liveLeases, pin, sweepLeases, takeLease } from "./leases.ts";
import type { ServerProfile } from "./server-settings.ts";
import { readServerState } from "./server-state.ts";
import { shutDown } from "./shutdown.ts";

/** Longer than any start or stop may take, since another process's must be waited for. */
export const LOCK_WAIT_SECONDS = 400;
const STOP_WAIT_SECONDS = 60;

/** The login of each role, and the database `urlFor` leads to unless told another. The store creates them. */
export const ROLE_LOGINS = {
  owner: "observer_owner",
  writer: "observer_writer",
  reader: "observer_reader",
} as const;
export const DEFAULT_DATABASE = "observer";
export type RoleName = keyof typeof ROLE_LOGINS;

/**
 * dataRoot    the embedded database lives in its folder `postgres`
 * profile     how much of the machine the server may take; "small" unless given
 * settings    server settings that go before the profile's
 * serverUser  the account that root lends the server; see docs/database.md for the default
 * cacheRoot   where the server's programs are kept; /var/cache/observer for root, else ~/.cache/observer
 * log         told, in one line each, what takes time
 */
export interface ClusterOptions {
  readonly dataRoot: string;
  readonly profile?: ServerProfile;
  readonly settings?: Readonly<Record<string, string>>;
  readonly serverUser?: string;
  readonly cacheRoot?: string;
  readonly log?: (line: string) => void;
}

/** A running server, kept running for as long as this process holds its lease. */
export interface Cluster {
  readonly adminUrl: string;
  readonly passwords: Readonly<Record<RoleName, string>>;
  readonly port: number;
  readonly version: string;
  readonly startedHere: boolean;
  /** `database` is "observer" unless given. */
  urlFor(role: RoleName, database?: string): string;
  /** Gives the lease up; the last one stops the server unless it is pinned. Later calls do nothing. */
  release(): Promise<void>;
}

/**
 * Attaches to the data root's server, or starts it, and the first time initialises it.
 *
 * @throws ObserverError OBS_CLUSTER_* naming what stands in the way and how to mend it.
 */
export async function openCluster(options: ClusterOptions): Promise<Cluster> {
  const files = await prepareFiles(options.dataRoot);
  return withLock(files.lock, LOCK_WAIT_SECONDS, () => attach(files, options));
}

/** As `openCluster`, and pins the server: it runs on when the last lease is given up, until `stopCluster`. */
export async function startCluster(options: ClusterOptions): Promise<Cluster> {
  const files = await prepareFiles(options.dataRoot);
  return withLock(files.lock, LOCK_WAIT_SECONDS, async () => {
    const cluster = await attach(files, options);
    await pin(files);
    return cluster;
  });
}

async function attach(files: ClusterFiles, options: ClusterOptions): Promise<Cluster> {
  await sweepLeases(files);
  const log = options.log ?? (() => undefined);
  const server = await bringUp(files, withDefaults(options, log));
  const credentials = await requireCredentials(files);
  const lease = await takeLease(files);
  return describe(server, credentials, releaseOnce(files, lease, log));
}

function withDefaults(options: ClusterOptions, log: (line: string) => void): BringUpOptions {
  return {
    profile: options.profile ?? "small",
    settings: options.settings ?? {},
    serverUser: options.serverUser,
    cacheRoot: options.cacheRoot,
    log,
  };
}

function describe(server: RunningServer, credentials: Credentials, release: () => Promise<void>): Cluster {
  const { superuser, ...passwords } = credentials;
  const url = (login: string, password: string, database: string) =>
    `postgresql://${login}:${password}@127.0.0.1:${server.port}/${encodeURIComponent(database)}`;
  return {
    ...server,
    adminUrl: url(SUPERUSER, superuser, "postgres"),
    passwords,
    urlFor: (role, database = DEFAULT_DATABASE) => url(ROLE_LOGINS[role], passwords[role], database),
    release,
  };
}

function releaseOnce(files: ClusterFiles, lease: string, log: (line: string) => void): () => Promise<void> {
  let released: Promise<void> | undefined;
  return () => {
    released ??= withLock(files.lock, LOCK_WAIT_SECONDS, () => giveUp(files, lease, log));
    return released;
  };
}

async function giveUp(files: ClusterFiles, lease: string, log: (line: string) => void): Promise<void> {
  await dropLease(lease);
  await sweepLeases(files);
  if ((await isPinned(files)) || (await liveLeases(files)).length > 0) return;
  const state = await readServerState(files);
  if (state.kind !== "running") return;
  if (!(await shutDown(state.pid, "fast", STOP_WAIT_SECONDS))) {
    log(`PostgreSQL (process ${state.pid}) is still writing its checkpoint; it stops when it has.`);
  }
}

async function requireCredentials(files: ClusterFiles): Promise<Credentials> {
  const credentials = await readCredentials(files.credentials);
  if (credentials !== null) return credentials;
  throw new ObserverError(
    "OBS_CLUSTER_CREDENTIALS",
    `${files.credentials} is missing, and the passwords of the database in ${files.data} with it.`,
    "Restore it from a backup of the data root.",
  );
}
