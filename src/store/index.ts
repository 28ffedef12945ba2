// store — PostgreSQL: connections, migrations, rows in by COPY, questions out.
// in: rows, questions   out: rows, columns, the ledger of what was loaded   touches: the database, sql/ (alone knows pg)

export { writeGapRow, writeSwingBarRow } from "./bar-rows.ts";
export { BinaryRows, TextFields, textField } from "./binary-rows.ts";
export { ChunkLoader, type ChunkOutcome, type TableLoad } from "./chunk-loader.ts";
export { CopyIn } from "./copy-in.ts";
export { ensureRoles, type RolePasswords } from "./ensure-roles.ts";
export { withExclusiveLock } from "./exclusive-lock.ts";
export {
  advanceFile,
  beginFile,
  type Checkpoint,
  type Dataset,
  type FileState,
  type FileSummary,
  findLoadedContent,
  finishFile,
  hasLoadedSize,
  type LedgerFile,
  type RejectedLine,
  recordSessions,
  registerFile,
  type SessionSpan,
  setFileState,
} from "./ingest-ledger.ts";
export { LoadSession, type LoadTable } from "./load-session.ts";
export { type MigrationOutcome, migrate, migrationNames } from "./migrate.ts";
export type { MigrationTarget } from "./migration-plan.ts";
export { retryTransient, type Sleep } from "./retry.ts";
export { compareSchemas, type SchemaDifference } from "./schema-difference.ts";
export {
  readSchema,
  type SchemaColumn,
  type SchemaManifest,
  type SchemaRelation,
  type SchemaRoutine,
  schemaJson,
} from "./schema-manifest.ts";
export { schemaPage } from "./schema-page.ts";
export { sqlFile } from "./sql-file.ts";
export { isTransient, isUniqueViolation } from "./sql-state.ts";
export { openClient, openStore, type Store, type StoreUrls } from "./store.ts";
export { TICK_COLUMNS, TickTexts, writeTickRow } from "./tick-rows.ts";
export { numericToScaled, timestampToUs, wireTypes } from "./wire-types.ts";
