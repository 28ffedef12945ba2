import { type Cluster, DEFAULT_DATABASE, openCluster } from "../cluster/index.ts";
import { ObserverError } from "../errors/index.ts";
import {
  ensureRoles,
  migrate,
  openStore,
  pendingMigrations,
  type Store,
  type StoreUrls,
} from "../store/index.ts";
import type { Settings } from "./config.ts";

/** An opened database with the schema this program knows. */
export interface Vault {
  readonly store: Store;
  /** embedded: its files lie under the data root. yours: DATABASE_URL. */
  readonly kind: "embedded" | "yours";
  /** Ends the connections, and the embedded server with its last user. */
  close(): Promise<void>;
}

export interface VaultOptions {
  settings: Pick<Settings, "home" | "databaseUrl" | "readerUrl" | "serverProfile" | "serverUser">;
  /** Told what takes time: initialising, migrating. */
  log?: (line: string) => void;
}

/**
 * Opens the embedded database, made and migrated if need be, or the one of DATABASE_URL.
 * A database of the user's is migrated only when asked ("observer db migrate"), except an empty one.
 */
export async function openVault(options: VaultOptions): Promise<Vault> {
  const { databaseUrl, readerUrl } = options.settings;
  if (databaseUrl === undefined) return await openEmbedded(options);
  await requireCurrentSchema(databaseUrl, options);
  const urls = { owner: databaseUrl, writer: databaseUrl, reader: readerUrl ?? databaseUrl };
  const store = await openStore(urls);
  return { store, kind: "yours", close: () => store.close() };
}

/** Runs `act` with a reachable server, its database and logins in place, whatever its schema. */
export async function withServer<T>(options: VaultOptions, act: (urls: StoreUrls) => Promise<T>): Promise<T> {
  const { databaseUrl, readerUrl } = options.settings;
  if (databaseUrl !== undefined) {
    return await act({ owner: databaseUrl, writer: databaseUrl, reader: readerUrl ?? databaseUrl });
  }
  const cluster = await openServer(options);
  try {
    return await act(await urlsOf(cluster));
  } finally {
    await cluster.release();
  }
}

async function openServer(options: VaultOptions): Promise<Cluster> {
  const { home, serverProfile, serverUser } = options.settings;
  return await openCluster({
    dataRoot: home,
    profile: serverProfile,
    ...(serverUser === undefined ? {} : { serverUser }),
    ...(options.log === undefined ? {} : { log: options.log }),
  });
}

async function urlsOf(cluster: Cluster): Promise<StoreUrls> {
  await ensureRoles(cluster.adminUrl, { passwords: cluster.passwords, database: DEFAULT_DATABASE });
  return {
    owner: cluster.urlFor("owner"),
    writer: cluster.urlFor("writer"),
    reader: cluster.urlFor("reader"),
  };
}

async function openEmbedded(options: VaultOptions): Promise<Vault> {
  const cluster = await openServer(options);
  try {
    const urls = await urlsOf(cluster);
    await migrateOrThrow(urls.owner, options.log);
    const store = await openStore(urls);
    const close = async () => {
      try {
        await store.close();
      } finally {
        await cluster.release();
      }
    };
    return { store, kind: "embedded", close };
  } catch (error) {
    await cluster.release();
    throw error;
  }
}

async function requireCurrentSchema(ownerUrl: string, options: VaultOptions): Promise<void> {
  const { applied, pending } = await pendingMigrations(ownerUrl);
  if (pending.length === 0) return;
  if (applied.length === 0) return await migrateOrThrow(ownerUrl, options.log);
  throw new ObserverError(
    "OBS_SCHEMA_BEHIND",
    `the database lacks ${pending.length} migrations, the first is ${pending[0]}.`,
    'make a backup, then run "observer db migrate".',
  );
}

async function migrateOrThrow(ownerUrl: string, log: VaultOptions["log"]): Promise<void> {
  const outcome = await migrate(ownerUrl);
  if (outcome.error !== undefined) throw outcome.error;
  if (outcome.applied.length > 0) log?.(`schema: ${outcome.applied.length} migrations applied`);
}
