// store — PostgreSQL: connections, migrations, rows in by COPY, questions out.
// in: rows, questions   out: rows, columns, the ledger of what was loaded   touches: the database, sql/ (alone knows pg)

export { writeGapRow, writeSwingBarRow } from "./bar-rows.ts";
export { textField } from "./binary-fields.ts";
export { BinaryRows } from "./binary-rows.ts";
export { ChunkLoader, type ChunkOutcome, type TableLoad } from "./chunk-loader.ts";
export { CopyIn } from "./copy-in.ts";
export { ensureRoles, type RolePasswords } from "./ensure-roles.ts";
export { withExclusiveLock } from "./exclusive-lock.ts";
export { spanOfFiles } from "./file-span.ts";
export { writeDailyPriceRow, writeMinuteBarRow } from "./import-rows.ts";
export {
  advanceFile,
  beginFile,
  type Checkpoint,
  claimImport,
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
export { type ListedSymbol, listSymbols } from "./instruments.ts";
export { LoadSession, type LoadTable } from "./load-session.ts";
export { loadedCounts } from "./loaded-counts.ts";
export {
  type MigrationOutcome,
  migrate,
  migrationNames,
  pendingMigrations,
  revertibleMigrations,
} from "./migrate.ts";
export type { MigrationTarget } from "./migration-plan.ts";
export { detectPhase13, type Phase13State } from "./phase13/detect.ts";
export { dropPhase13 } from "./phase13/drop.ts";
export { planUpgrade, type UpgradePlan } from "./phase13/plan.ts";
export type { TableProgress } from "./phase13/progress.ts";
export {
  type UpgradeEvent,
  type UpgradeOptions,
  type UpgradeReport,
  upgradePhase13,
} from "./phase13/upgrade.ts";
export { type DailySpan, mendPreviousCloses } from "./previous-closes.ts";
export {
  type CandidateFilter,
  type CandidateRow,
  getCandidates,
  type StrategyType,
} from "./queries/candidates.ts";
export { QUALITY_CODES, UNKNOWN_QUALITY } from "./queries/columns/column-decoder.ts";
export {
  type MinuteBarColumn,
  type MinuteBarColumns,
  minuteBarColumns,
} from "./queries/columns/minute-bar-columns.ts";
export type { ColumnFrame, ColumnRequest } from "./queries/columns/read-columns.ts";
export {
  type SwingBarColumn,
  type SwingBarColumns,
  swingBarColumns,
} from "./queries/columns/swing-bar-columns.ts";
export { type TickColumn, type TickColumns, tickColumns } from "./queries/columns/tick-columns.ts";
export { type CoverageRequest, type CoverageRow, getCoverage } from "./queries/coverage.ts";
export { countGaps, type GapRow, getCriticalGaps } from "./queries/gaps.ts";
export {
  getBarsOfSymbols,
  getLastHourOf1mBars,
  getLatestNormalBars,
  getReturnVolatility,
  type ReturnVolatility,
} from "./queries/hot-questions.ts";
export { getIngestFiles, getRejects, type IngestFileRow, type RejectRow } from "./queries/ingest-files.ts";
export { get1mBars, type MinuteBarRow, stream1mBars } from "./queries/minute-bars.ts";
export type { Page, PageRequest } from "./queries/page.ts";
export {
  type AllocationDrift,
  getAllocationDrift,
  getPositions,
  getSnapshot,
  type PositionRow,
  type SnapshotRow,
} from "./queries/portfolio.ts";
export { type Queries, queriesOn } from "./queries/queries-on.ts";
export {
  getRollingStats,
  type RollingStatsRequest,
  type RollingStatsRow,
  type StatSource,
} from "./queries/rolling-stats.ts";
export type { Amount } from "./queries/row-fields.ts";
export { getRuns, type RunFilter, type RunRow, type RunState } from "./queries/runs.ts";
export { getSignals, type SignalRow } from "./queries/signals.ts";
export {
  getBarsInRange,
  getLatestBarPerSymbol,
  getLatestBars,
  type SwingBarRow,
  streamBars,
} from "./queries/swing-bars.ts";
export { getLatestTicks, getTicksInRange, streamTicks, type TickRow } from "./queries/ticks.ts";
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
export { swingSpan } from "./swing-span.ts";
export { TickRowWriter } from "./tick-rows.ts";
export { numericToScaled, timestampToUs, wireTypes } from "./wire-types.ts";
