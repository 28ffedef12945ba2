import type { CsvColumnMap } from "../codec/index.ts";
import { ObserverError } from "../errors/index.ts";
import type { Instrument } from "../market/index.ts";
import type { TimeUs } from "../record/index.ts";
import { type LedgerFile, type Store, withExclusiveLock } from "../store/index.ts";
import type { FileOutcome } from "./file-outcome.ts";
import type { Lane } from "./lanes.ts";
import { loadLanes } from "./load-pool.ts";

/** What loading files needs to know, whatever they hold. */
export interface LoadOptions {
  store: Store;
  /** Threads, each with a database session of its own; 1 to 10. */
  workers: number;
  /** `generic` for data from elsewhere: no calendar, no tick grid, no limits. */
  market: "krx" | "generic";
  instruments: ReadonlyMap<string, Instrument>;
  nowUs: TimeUs;
  /** Content per chunk and transaction; by default what memory allows, 12 MiB at most. */
  blockBytes?: number;
  signal?: AbortSignal;
  onProgress?: (progress: BackfillProgress) => void;
}

export interface BackfillProgress {
  files: number;
  filesDone: number;
  /** Bytes on disk, all files; of a compressed file its share read so far is estimated from its content. */
  totalBytes: number;
  doneBytes: number;
  lines: number;
}

export interface FileReport {
  fileId: number;
  path: string;
  dataset: LedgerFile["dataset"];
  outcome: FileOutcome;
}

export interface BackfillReport {
  files: FileReport[];
  /** Stopped by the caller's signal; files without an outcome are missing from `files`. */
  interrupted: boolean;
}

/** A file of the ledger with its size on disk, and what can be said of it without reading it. */
export interface ListedFile {
  file: LedgerFile;
  bytes: number;
  settled?: FileOutcome;
}

/** A line of 1 MiB is no record of ours. */
const LONGEST_LINE_BYTES = 1 << 20;
/** All blocks of all threads together; each thread holds three, so that memory does not grow with threads. */
const BLOCK_BUDGET_BYTES = 36 << 20;
const LARGEST_BLOCK_BYTES = 12 << 20;

/** Holds the one lock under which files are listed and loaded. Throws OBS_BACKFILL_BUSY when another process has it. */
export async function whileLoadingAlone<T>(store: Store, act: () => Promise<T>): Promise<T> {
  const busy = new ObserverError(
    "OBS_BACKFILL_BUSY",
    "another back-fill or import is loading into this database.",
    "wait for it to end, or stop it; two at once would load the same files twice.",
  );
  return await withExclusiveLock(store, "load", busy, act);
}

/** Loads listed files on threads, lane by lane. `columns` tells how CSV files are read. */
export async function loadFiles(
  options: LoadOptions,
  listed: readonly ListedFile[],
  lanesOf: (files: readonly LedgerFile[]) => Lane[],
  columns?: CsvColumnMap,
): Promise<BackfillReport> {
  const workers = Math.max(1, Math.min(10, options.workers));
  const sizes = new Map(listed.map(({ file, bytes }) => [file.fileId, bytes]));
  const outcomes = new Map(
    listed.flatMap(({ file, settled }) => (settled === undefined ? [] : [[file.fileId, settled] as const])),
  );
  const read = new Map<number, { bytes: number; lines: number }>();
  const totalBytes = [...sizes.values()].reduce((sum, bytes) => sum + bytes, 0);
  const report = () => options.onProgress?.(progressOf(sizes, totalBytes, read, outcomes));
  const toLoad = listed.filter(({ settled }) => settled === undefined).map(({ file }) => file);
  const lanes = lanesOf(toLoad).sort((a, b) => bytesOf(b.files, sizes) - bytesOf(a.files, sizes));
  await loadLanes(
    lanes,
    workers,
    {
      writerUrl: options.store.urls.writer,
      market: options.market,
      instruments: options.instruments,
      nowUs: options.nowUs,
      blockBytes:
        options.blockBytes ?? Math.min(LARGEST_BLOCK_BYTES, Math.floor(BLOCK_BUDGET_BYTES / workers / 3)),
      longestLineBytes: LONGEST_LINE_BYTES,
      ...(columns === undefined ? {} : { columns }),
    },
    {
      onProgress: (fileId, bytes, lines) => {
        read.set(fileId, { bytes, lines });
        report();
      },
      onOutcome: (fileId, outcome) => {
        outcomes.set(fileId, outcome);
        report();
      },
    },
    options.signal,
  );
  const files = listed.flatMap(({ file: { fileId, path, dataset } }) => {
    const outcome = outcomes.get(fileId);
    return outcome === undefined ? [] : [{ fileId, path, dataset, outcome }];
  });
  return { files, interrupted: options.signal?.aborted === true };
}

function bytesOf(files: readonly LedgerFile[], sizes: ReadonlyMap<number, number>): number {
  return files.reduce((sum, file) => sum + (sizes.get(file.fileId) ?? 0), 0);
}

function progressOf(
  sizes: ReadonlyMap<number, number>,
  totalBytes: number,
  read: ReadonlyMap<number, { bytes: number; lines: number }>,
  outcomes: ReadonlyMap<number, FileOutcome>,
): BackfillProgress {
  let doneBytes = 0;
  let lines = 0;
  for (const [fileId, size] of sizes) {
    const place = read.get(fileId);
    doneBytes += outcomes.has(fileId) ? size : Math.min(size, place?.bytes ?? 0);
    lines += place?.lines ?? 0;
  }
  return { files: sizes.size, filesDone: outcomes.size, totalBytes, doneBytes, lines };
}
