import type { TimeUs } from "../../record/index.ts";
import type { Store } from "../store.ts";
import { checkText } from "./argument-checks.ts";
import { type Page, type PageRequest, readPage } from "./page.ts";
import { type DatabaseRow, instant, orNull, text, whole } from "./row-fields.ts";

/** A file in the ledger of what was loaded. Bytes and lines are of its uncompressed content. */
export interface IngestFileRow {
  fileId: number;
  path: string;
  dataset: string;
  state: string;
  sha256: string | null;
  bytes: number | null;
  lines: number | null;
  rows: number;
  duplicates: number;
  updated: number;
  conflicts: number;
  rejects: number;
  firstEventUs: TimeUs | null;
  lastEventUs: TimeUs | null;
  startedAtUs: TimeUs | null;
  finishedAtUs: TimeUs | null;
  error: string | null;
}

/** A line of a file that could not be used. */
export interface RejectRow {
  rejectId: number;
  path: string | null;
  line: number | null;
  code: string;
  field: string | null;
  reason: string;
  /** The line, in which bytes beyond ASCII read \ooo and a backslash is doubled; null when it was not kept. */
  rawText: string | null;
  rawBytes: number;
  rejectedAtUs: TimeUs;
}

/** Every file of the ledger in order of path, page by page. */
export async function getIngestFiles(store: Store, page: PageRequest = {}): Promise<Page<IngestFileRow>> {
  const question = {
    name: "ingest_files",
    arguments: [],
    beforeFirst: [""],
    keyOf: (file: IngestFileRow) => [file.path],
    decode: decodeFile,
  };
  return await readPage(store, question, page);
}

/** The rejected lines of the file with this path in the ledger, in order of line, page by page. */
export async function getRejects(
  store: Store,
  file: string,
  page: PageRequest = {},
): Promise<Page<RejectRow>> {
  const question = {
    name: "rejects_of_file",
    arguments: [checkText("file", file)],
    beforeFirst: [-1, 0],
    keyOf: (reject: RejectRow) => [reject.line ?? 0, reject.rejectId],
    decode: decodeReject,
  };
  return await readPage(store, question, page);
}

function decodeFile(row: DatabaseRow): IngestFileRow {
  return {
    fileId: whole(row, "file_id"),
    path: text(row, "path"),
    dataset: text(row, "dataset"),
    state: text(row, "state"),
    sha256: orNull(text, row, "sha256"),
    bytes: orNull(whole, row, "bytes"),
    lines: orNull(whole, row, "lines"),
    rows: whole(row, "rows"),
    duplicates: whole(row, "duplicates"),
    updated: whole(row, "updated"),
    conflicts: whole(row, "conflicts"),
    rejects: whole(row, "rejects"),
    firstEventUs: orNull(instant, row, "first_event_time"),
    lastEventUs: orNull(instant, row, "last_event_time"),
    startedAtUs: orNull(instant, row, "started_at"),
    finishedAtUs: orNull(instant, row, "finished_at"),
    error: orNull(text, row, "error"),
  };
}

function decodeReject(row: DatabaseRow): RejectRow {
  return {
    rejectId: whole(row, "reject_id"),
    path: orNull(text, row, "path"),
    line: orNull(whole, row, "line"),
    code: text(row, "code"),
    field: orNull(text, row, "field"),
    reason: text(row, "reason"),
    rawText: orNull(text, row, "raw_text"),
    rawBytes: whole(row, "raw_bytes"),
    rejectedAtUs: instant(row, "rejected_at"),
  };
}
