// ingest — the line from files to rows: read, judge, write, remember how far.
// in: a data root, CSV files with a column map   out: rows in the store, rejects and checkpoints in the ledger   touches: files, threads, the store
export { type BackfillOptions, backfill } from "./backfill.ts";
export type { FileCounts, FileOutcome } from "./file-outcome.ts";
export { type CsvImportOptions, importCsvBars } from "./import-csv/import-csv-bars.ts";
export type { BackfillProgress, BackfillReport, FileReport } from "./load-files.ts";
export { DEFAULT_SESSION } from "./tick-lines.ts";
