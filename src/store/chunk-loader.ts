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
  /** Ordinals (1-based, in chunk order) of rows whose key holds a different record. */
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

/**
 * Loads chunks of rows, each in one transaction together with what the caller records about it.
 *
 * States of a chunk: *streaming* (pieces go out while rows are still being made) → *committed*; a unique
 * violation turns it to *staged* (all pieces again, through a temporary table), a transient fault to a new
 * connection and *streaming* again, at most three times. After a staged chunk the next one starts staged,
 * until one meets no known key: files that overlap what is there do not pay twice.
 */
export class ChunkLoader {
  readonly rows = new BinaryRows();
  readonly #options: ChunkLoaderOptions;
  #client: pg.Client | undefined;
  #copy: CopyIn | undefined;
  #sent = 0;
  #failure: unknown;
  #preferStaging = false;

  constructor(options: ChunkLoaderOptions) {
    this.#options = options;
  }

  /** Sends what is finished of the rows so far. A fault is remembered and dealt with in `commit`. */
  async pump(): Promise<void> {
    if (this.#preferStaging || this.#failure !== undefined) return;
    try {
      await this.#sendDirect(this.rows.takeFinished(this.#sent));
    } catch (error) {
      this.#failure = error;
    }
  }

  /**
   * Sends the rest, lets `record` write its rows in the same transaction, and commits. `record` answers false
   * when it finds this very chunk recorded already: a lost answer to an earlier COMMIT.
   * Throws the database's error when it is not transient or stays after three retries; nothing is written then.
   */
  async commit(
    record: (client: pg.Client, outcome: ChunkOutcome) => Promise<boolean>,
  ): Promise<ChunkOutcome> {
    const pieces = this.rows.finish();
    let staged = this.#preferStaging;
    let sentToCommit: ChunkOutcome | undefined;
    for (let attempt = 1; ; attempt++) {
      try {
        if (this.#failure !== undefined) throw this.#failure;
        const outcome = staged ? await this.#mergeStaged(pieces) : await this.#finishDirect(pieces);
        const client = await this.#connected();
        const recorded = await record(client, outcome);
        if (recorded) sentToCommit = outcome;
        await client.query(recorded ? "COMMIT" : "ROLLBACK");
        this.#preferStaging = staged && outcome.inserted < this.rows.rowCount;
        this.#startOver();
        this.rows.reset();
        return recorded ? outcome : { ...(sentToCommit ?? outcome), path: "known" };
      } catch (error) {
        this.#startOver();
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

  /** Gives up the rows of an unfinished chunk, and the connection on which they may be half sent; the next use makes a new one. */
  async close(): Promise<void> {
    this.#startOver();
    await this.#disconnect();
    this.rows.reset();
  }

  async #sendDirect(pieces: readonly Buffer[]): Promise<void> {
    if (pieces.length === 0) return;
    if (this.#copy === undefined) {
      const client = await this.#connected();
      await client.query(BEGIN_CHUNK);
      this.#copy = new CopyIn(client, this.#options.table.copy);
    }
    for (const piece of pieces) {
      await this.#copy.send(piece);
      this.#sent++;
    }
  }

  async #finishDirect(pieces: readonly Buffer[]): Promise<ChunkOutcome> {
    await this.#sendDirect(pieces.slice(this.#sent));
    const inserted = (await this.#copy?.finish()) ?? 0;
    return { path: "direct", inserted, updated: 0, duplicates: 0, conflicts: [] };
  }

  async #mergeStaged(pieces: readonly Buffer[]): Promise<ChunkOutcome> {
    const client = await this.#connected();
    await client.query(BEGIN_CHUNK);
    await client.query(this.#options.table.createStaging);
    const copy = new CopyIn(client, this.#options.table.copyStaging);
    for (const piece of pieces) await copy.send(piece);
    await copy.finish();
    const merged = await client.query<{ inserted: number; updated: number }>(this.#options.table.merge);
    const [moved] = merged.rows;
    if (moved === undefined) throw new Error("a merge statement returned no counts");
    const conflicts = await this.#findConflicts(client);
    const duplicates = this.rows.rowCount - moved.inserted - moved.updated - conflicts.length;
    return { path: "staged", ...moved, duplicates, conflicts };
  }

  async #findConflicts(client: pg.Client): Promise<number[]> {
    const { findConflicts } = this.#options.table;
    if (findConflicts === undefined) return [];
    const found = await client.query<{ conflicts: number[] }>(findConflicts);
    return found.rows[0]?.conflicts ?? [];
  }

  #startOver(): void {
    this.#copy = undefined;
    this.#sent = 0;
    this.#failure = undefined;
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
