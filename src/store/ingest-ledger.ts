import type pg from "pg";
import { formatInstant, type TimeUs } from "../record/index.ts";
import type { ChunkOutcome } from "./chunk-loader.ts";
import { sqlFile } from "./sql-file.ts";

export type Dataset = "scalp" | "swing" | "gap" | "bars_1m" | "bars_10m" | "daily";
export type FileState = "pending" | "loading" | "loaded" | "failed" | "changed" | "skipped";

/** Where a file stands in the ledger `ingest_files`. Bytes and hashes are of the uncompressed content. */
export interface LedgerFile {
  fileId: number;
  path: string;
  dataset: Dataset;
  state: FileState;
  sha256: string | null;
  checkpointBytes: number;
  checkpointLines: number;
  checkpointSha256: string | null;
  rows: number;
  duplicates: number;
  updated: number;
  conflicts: number;
  rejects: number;
  /** The dependent work (bars, returns, gaps) has been done since the last row came in. */
  derived: boolean;
}

/** A line that could not be used. */
export interface RejectedLine {
  line: number;
  code: string;
  field: string;
  reason: string;
  /** The whole line; of a line beyond the reader's limit its beginning. */
  raw: Buffer;
  rawBytes: number;
}

/** The place a chunk ends at, and the one it began at. */
export interface Checkpoint {
  fromBytes: number;
  bytes: number;
  lines: number;
  sha256: string;
}

export interface FileSummary {
  sha256: string;
  bytes: number;
  lines: number;
  warnings: Readonly<Record<string, number>>;
  gateCodes: Readonly<Record<string, number>>;
  firstEventUs: TimeUs | null;
  lastEventUs: TimeUs | null;
}

type Queryable = Pick<pg.Client | pg.Pool, "query">;

export async function registerFile(
  db: Queryable,
  path: string,
  dataset: Dataset,
  bytes: number,
): Promise<LedgerFile> {
  const found = await db.query<LedgerRow>(sqlFile("register_ingest_file"), [path, dataset, bytes]);
  const [row] = found.rows;
  if (row === undefined) throw new Error("the ledger returned no row");
  const { file_id, checkpoint_bytes, checkpoint_lines, checkpoint_sha256, ...rest } = row;
  return {
    ...rest,
    fileId: file_id,
    checkpointBytes: checkpoint_bytes,
    checkpointLines: checkpoint_lines,
    checkpointSha256: checkpoint_sha256,
  };
}

type LedgerRow = Omit<LedgerFile, "fileId" | "checkpointBytes" | "checkpointLines" | "checkpointSha256"> & {
  file_id: number;
  checkpoint_bytes: number;
  checkpoint_lines: number;
  checkpoint_sha256: string | null;
};

/** Notes the column map a file is read by, but for the map's name. False: rows of it were read another way before. */
export async function claimImport(
  db: Queryable,
  fileId: number,
  dataset: Dataset,
  columns: object,
): Promise<boolean> {
  const { name: _, ...reading } = { name: "", ...columns };
  const claimed = await db.query(sqlFile("claim_import_file"), [fileId, dataset, JSON.stringify(reading)]);
  return claimed.rowCount === 1;
}

/** The path under which the same content was loaded before, if it was. */
export async function findLoadedContent(
  db: Queryable,
  sha256: string,
  fileId: number,
): Promise<string | null> {
  const found = await db.query<{ path: string }>(sqlFile("find_loaded_content"), [sha256, fileId]);
  return found.rows[0]?.path ?? null;
}

/** Whether any loaded file has this many bytes; only then can the content be known. */
export async function hasLoadedSize(db: Queryable, bytes: number, fileId: number): Promise<boolean> {
  return (await db.query(sqlFile("find_loaded_size"), [bytes, fileId])).rows.length > 0;
}

export async function beginFile(db: Queryable, fileId: number): Promise<void> {
  await db.query(sqlFile("begin_ingest_file"), [fileId]);
}

/** Moves the checkpoint within the chunk's transaction. False: it had been moved there already. */
export async function advanceFile(
  db: Queryable,
  fileId: number,
  to: Checkpoint,
  outcome: ChunkOutcome,
  rejected: readonly RejectedLine[],
): Promise<boolean> {
  const moved = await db.query(sqlFile("advance_ingest_file"), [
    fileId,
    to.fromBytes,
    to.bytes,
    to.lines,
    to.sha256,
    outcome.inserted,
    outcome.duplicates,
    outcome.updated,
    outcome.conflicts.length,
    rejected.length,
  ]);
  if (moved.rowCount !== 1) return false;
  if (rejected.length > 0) await insertRejects(db, fileId, rejected);
  return true;
}

async function insertRejects(
  db: Queryable,
  fileId: number,
  rejected: readonly RejectedLine[],
): Promise<void> {
  await db.query(sqlFile("insert_ingest_rejects"), [
    fileId,
    rejected.map((reject) => reject.line),
    rejected.map((reject) => reject.code),
    rejected.map((reject) => reject.field),
    rejected.map((reject) => reject.reason),
    rejected.map((reject) => reject.raw),
    rejected.map((reject) => reject.rawBytes),
  ]);
}

export async function finishFile(db: Queryable, fileId: number, summary: FileSummary): Promise<void> {
  await db.query(sqlFile("finish_ingest_file"), [
    fileId,
    summary.sha256,
    summary.bytes,
    summary.lines,
    JSON.stringify(summary.warnings),
    JSON.stringify(summary.gateCodes),
    summary.firstEventUs === null ? null : formatInstant(summary.firstEventUs),
    summary.lastEventUs === null ? null : formatInstant(summary.lastEventUs),
  ]);
}

export async function setFileState(
  db: Queryable,
  fileId: number,
  state: FileState,
  error: string | null,
): Promise<void> {
  await db.query(sqlFile("set_ingest_file_state"), [fileId, state, error]);
}

export interface SessionSpan {
  sessionId: string;
  track: "scalp" | "swing";
  firstUs: TimeUs;
  lastUs: TimeUs;
}

/** Widens the spans of sessions. In the order of their names: two loaders must not wait for each other in a circle. */
export async function recordSessions(db: Queryable, spans: readonly SessionSpan[]): Promise<void> {
  const inOrder = [...spans].sort((a, b) => (a.sessionId < b.sessionId ? -1 : 1));
  for (const { sessionId, track, firstUs, lastUs } of inOrder) {
    const times = [formatInstant(firstUs), formatInstant(lastUs)];
    await db.query(sqlFile("upsert_collector_session"), [sessionId, track, ...times]);
  }
}
