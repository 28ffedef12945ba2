import pg from "pg";
import { ObserverError } from "../errors/index.ts";
import { wireTypes } from "./wire-types.ts";

export interface StoreUrls {
  /** Migrations and maintenance. */
  owner: string;
  /** INSERT, UPDATE, COPY on data tables. */
  writer: string;
  /** SELECT only; may point to a replica. */
  reader: string;
}

/**
 * The database as the rest of Observer sees it: two pools that cannot starve each other. Writers are few and
 * must answer quickly; readers may run long analyses.
 */
export interface Store {
  readonly urls: StoreUrls;
  readonly writer: pg.Pool;
  readonly reader: pg.Pool;
  close(): Promise<void>;
}

const WRITER_POOL = { max: 5, statementTimeoutMs: 30_000 };
const READER_POOL = { max: 3, statementTimeoutMs: 120_000 };

/** Opens both pools and proves that each can connect. Throws OBS_DATABASE_UNREACHABLE with the server's words. */
export async function openStore(urls: StoreUrls): Promise<Store> {
  const writer = openPool(urls.writer, "observer writer", WRITER_POOL);
  const reader = openPool(urls.reader, "observer reader", READER_POOL);
  const close = async () => {
    await Promise.all([writer.end(), reader.end()]);
  };
  try {
    await Promise.all([proveReachable(writer, urls.writer), proveReachable(reader, urls.reader)]);
  } catch (error) {
    await close();
    throw error;
  }
  return { urls, writer, reader, close };
}

/** One connection outside the pools, for COPY and other long work. The caller ends it. */
export async function openClient(url: string, applicationName: string): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString: url,
    application_name: applicationName,
    types: wireTypes,
  });
  // A lost connection also fails the query under way, which is where it is handled.
  client.on("error", () => undefined);
  try {
    await client.connect();
  } catch (cause) {
    throw unreachable(url, cause);
  }
  return client;
}

/** A pool of ours. It connects when first used. */
export function openPool(
  url: string,
  name: string,
  limits: { max: number; statementTimeoutMs: number },
): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    application_name: name,
    max: limits.max,
    statement_timeout: limits.statementTimeoutMs,
    types: wireTypes,
  });
  // An idle connection that the server closes is replaced at the next use.
  pool.on("error", () => undefined);
  return pool;
}

async function proveReachable(pool: pg.Pool, url: string): Promise<void> {
  try {
    await pool.query("SELECT 1");
  } catch (cause) {
    throw unreachable(url, cause);
  }
}

function unreachable(url: string, cause: unknown): ObserverError {
  const { host, pathname } = new URL(url);
  const words = cause instanceof Error ? cause.message : String(cause);
  return new ObserverError(
    "OBS_DATABASE_UNREACHABLE",
    `cannot connect to database ${pathname.slice(1)} on ${host}: ${words}`,
    'check that the server runs ("observer db status") and that DATABASE_URL, if set, is right.',
    cause,
  );
}
