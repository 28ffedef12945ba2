// ingest — the line from files to rows: read, judge, write, remember how far.
// in: a data root   out: rows in the store, rejects and checkpoints in the ledger   touches: files, threads, the store
export {
  type BackfillOptions,
  type BackfillProgress,
  type BackfillReport,
  backfill,
  type FileReport,
} from "./backfill.ts";
export type { FileCounts, FileOutcome } from "./file-outcome.ts";
export { DEFAULT_SESSION } from "./tick-lines.ts";
