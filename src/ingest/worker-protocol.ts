import type { CsvColumnMap } from "../codec/index.ts";
import type { Instrument } from "../market/index.ts";
import type { TimeUs } from "../record/index.ts";
import type { FileOutcome } from "./file-outcome.ts";
import type { Lane } from "./lanes.ts";

/** What every worker is started with. */
export interface WorkerSetup {
  writerUrl: string;
  market: "krx" | "generic";
  /** Listing and kind of symbols, for the tick grid; empty when not known. */
  instruments: ReadonlyMap<string, Instrument>;
  nowUs: TimeUs;
  blockBytes: number;
  longestLineBytes: number;
  /** How CSV files are read; absent when JSONL is loaded. */
  columns?: CsvColumnMap;
}

export type ToWorker = { kind: "load"; lane: Lane };

export type FromWorker =
  | { kind: "progress"; fileId: number; bytes: number; lines: number }
  | { kind: "outcome"; fileId: number; outcome: FileOutcome }
  | { kind: "idle" };
