import type pg from "pg";
import { BinaryRows } from "./binary-rows.ts";
import { CopyIn } from "./copy-in.ts";
import { backoffMs, type Sleep } from "./retry.ts";
import { isTransient, isUniqueViolation } from "./sql-state.ts";

/** How rows get into one table. All statements are whole `.sql` files; none is put together here. */
export interface TableLoad {
  /** COPY … FROM STDIN straight into the table. */
  copy: string;
  /** CREATE TEMPORARY TABLE … with an identity column `ordinal` that numbers the rows as they arrive. */
  createStaging: string;
  /** COPY … FROM STDIN into the staging table. */
  copyStaging: string;
  /** Moves staged rows into the table; yields one row {inserted, updated}. */
  merge: string;
  /** Yields one row {conflicts}: ordinals of staged rows that contradict the table. Absent where the newer row wins. */
  findConflicts?: string;
}

export interface ChunkOutcome {
  /**
   * Which way the rows went; tests assert it. `known`: an earlier attempt had committed although its answer was lost;
   * the counts are those of that attempt.
   */
  path: "direct" | "staged" | "known";
  inserted: number;
  /** Rows that replaced an older version. */
  updated: number;
  /** Rows that changed nothing: what they say was already there. */
  duplicates: number;
  /** Which rows (1-based, in the order they were written) have a key under which another record is stored. */
  conflicts: number[];
}

const MAX_ATTEMPTS = 4;

/**
 * A chunk's commit does not wait for the disk: should the power go, its rows and its checkpoint are gone together and
 * the next run loads them again. The commit that calls a file loaded does wait, and with it all before it.
 */
const BEGIN_CHUNK = "BEGIN; SET LOCAL synchronous_commit = off";

export interface ChunkLoaderOptions {
  connect: () => Promise<pg.Client>;
  table: TableLoad;
  /** Waits between attempts; replaced in tests of the back-off. */
  sleep: Sleep;
}

/** Writes what belongs with a chunk's rows in their transaction; false when it finds the chunk recorded already. */
export type RecordChunk = (client: pg.Client, outcome: ChunkOutcome) => Promise<boolean>;

/**
 * Loads chunks of rows, each in one transaction together with what the caller records about it. While one chunk is
 * under way to the database, the rows of the next are written.
 *
 * A chunk goes *direct*, straight into the table; a unique violation sends it again *staged*, through a temporary
 * table; a transient fault sends it again on a new connection, at most three times. After a staged chunk the next
 * one starts staged, until one meets no known key: files that overlap what is there do not pay twice.
 */
export class ChunkLoader {
  readonly #options: ChunkLoaderOptions;
  #client: pg.Client | undefined;
  #filling = new BinaryRows();
  /** The rows of the chunk under way, or of none. */
  #leaving = new BinaryRows();
  #isBusy = false;
  #preferStaging = false;

  constructor(options: ChunkLoaderOptions) {
    this.#options = options;
  }

  /** The rows of the next chunk. After a `commit` was called these are others. */
  get rows(): BinaryRows {
    return this.#filling;
  }

  /**
   * Takes the rows so far as a chunk, sends it, lets `record` write its rows in the same transaction, and commits.
   * One chunk at a time: the promise must have settled before the next call.
   * Throws the database's error when it is not transient or stays after three retries; nothing is written then.
   */
  async commit(record: RecordChunk): Promise<ChunkOutcome> {
    if (this.#isBusy) throw new Error("the chunk before is still under way");
    this.#isBusy = true;
    const rows = this.#filling;
    this.#filling = this.#leaving;
    this.#leaving = rows;
    try {
      return await this.#load(rows, record);
    } finally {
      rows.reset();
      this.#isBusy = false;
    }
  }

  /** Gives up unsent rows and the connection; the next use makes a new one. No chunk may be under way. */
  async close(): Promise<void> {
    await this.#disconnect();
    this.#filling.reset();
  }

  async #load(rows: BinaryRows, record: RecordChunk): Promise<ChunkOutcome> {
    const pieces = rows.finish();
    let staged = this.#preferStaging;
    let sentToCommit: ChunkOutcome | undefined;
    for (let attempt = 1; ; attempt++) {
      try {
        const outcome = staged ? await this.#mergeStaged(rows, pieces) : await this.#copyDirect(pieces);
        const client = await this.#connected();
        const recorded = await record(client, outcome);
        if (recorded) sentToCommit = outcome;
        await client.query(recorded ? "COMMIT" : "ROLLBACK");
        this.#preferStaging = staged && outcome.inserted < rows.rowCount;
        // Not recorded: it was, by an earlier attempt whose answer to COMMIT was lost.
        return recorded ? outcome : { ...(sentToCommit ?? outcome), path: "known" };
      } catch (error) {
        if (isUniqueViolation(error) && !staged) {
          staged = true;
          await this.#rollback();
          continue;
        }
        if (!isTransient(error) || attempt >= MAX_ATTEMPTS) {
          await this.#rollback();
          throw error;
        }
        await this.#disconnect();
        await this.#options.sleep(backoffMs(attempt));
      }
    }
  }

  async #copyDirect(pieces: readonly Buffer[]): Promise<ChunkOutcome> {
    const client = await this.#connected();
    await client.query(BEGIN_CHUNK);
    const inserted = await copyPieces(client, this.#options.table.copy, pieces);
    return { path: "direct", inserted, updated: 0, duplicates: 0, conflicts: [] };
  }

  async #mergeStaged(rows: BinaryRows, pieces: readonly Buffer[]): Promise<ChunkOutcome> {
    const client = await this.#connected();
    await client.query(BEGIN_CHUNK);
    await client.query(this.#options.table.createStaging);
    await copyPieces(client, this.#options.table.copyStaging, pieces);
    const merged = await client.query<{ inserted: number; updated: number }>(this.#options.table.merge);
    const [moved] = merged.rows;
    if (moved === undefined) throw new Error("a merge statement returned no counts");
    const ordinals = await this.#findConflicts(client);
    const duplicates = rows.rowCount - moved.inserted - moved.updated - ordinals.length;
    return {
      path: "staged",
      ...moved,
      duplicates,
      conflicts: ordinals.map((ordinal) => rows.arrivalOf(ordinal)),
    };
  }

  async #findConflicts(client: pg.Client): Promise<number[]> {
    const { findConflicts } = this.#options.table;
    if (findConflicts === undefined) return [];
    const found = await client.query<{ conflicts: number[] }>(findConflicts);
    return found.rows[0]?.conflicts ?? [];
  }

  async #connected(): Promise<pg.Client> {
    this.#client ??= await this.#options.connect();
    return this.#client;
  }

  async #rollback(): Promise<void> {
    try {
      await this.#client?.query("ROLLBACK");
    } catch {
      // The connection is gone, and the transaction with it.
      await this.#disconnect();
    }
  }

  async #disconnect(): Promise<void> {
    const client = this.#client;
    this.#client = undefined;
    await client?.end().catch(() => undefined);
  }
}

async function copyPieces(client: pg.Client, sql: string, pieces: readonly Buffer[]): Promise<number> {
  const copy = new CopyIn(client, sql);
  for (const piece of pieces) await copy.send(piece);
  return await copy.finish();
}
