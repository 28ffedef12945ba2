import type { GapScope, TimeUs } from "../../record/index.ts";
import type { Store } from "../store.ts";
import { type CandidateFilter, getCandidates } from "./candidates.ts";
import { type MinuteBarColumn, minuteBarColumns } from "./columns/minute-bar-columns.ts";
import type { ColumnRequest } from "./columns/read-columns.ts";
import { type SwingBarColumn, swingBarColumns } from "./columns/swing-bar-columns.ts";
import { type TickColumn, tickColumns } from "./columns/tick-columns.ts";
import { type CoverageRequest, getCoverage } from "./coverage.ts";
import { countGaps, getCriticalGaps } from "./gaps.ts";
import {
  getBarsOfSymbols,
  getLastHourOf1mBars,
  getLatestNormalBars,
  getReturnVolatility,
} from "./hot-questions.ts";
import { getIngestFiles, getRejects } from "./ingest-files.ts";
import { get1mBars, stream1mBars } from "./minute-bars.ts";
import type { PageRequest } from "./page.ts";
import { getAllocationDrift, getPositions, getSnapshot } from "./portfolio.ts";
import { getRollingStats, type RollingStatsRequest } from "./rolling-stats.ts";
import { getRuns, type RunFilter } from "./runs.ts";
import { getSignals } from "./signals.ts";
import { getBarsInRange, getLatestBarPerSymbol, getLatestBars, streamBars } from "./swing-bars.ts";
import { getLatestTicks, getTicksInRange, streamTicks } from "./ticks.ts";

export type Queries = ReturnType<typeof queriesOn>;

/** Every question, asked of one store: what a user of the library holds in hand. */
export function queriesOn(store: Store) {
  return {
    getLatestTicks: (symbol: string, limit?: number) => getLatestTicks(store, symbol, limit),
    getTicksInRange: (symbol: string, start: TimeUs, end: TimeUs, page?: PageRequest) =>
      getTicksInRange(store, symbol, start, end, page),
    streamTicks: (symbol: string, start: TimeUs, end: TimeUs) => streamTicks(store, symbol, start, end),
    tickColumns: <Name extends TickColumn = TickColumn>(request: ColumnRequest<Name>) =>
      tickColumns(store, request),

    get1mBars: (symbol: string, start: TimeUs, end: TimeUs, page?: PageRequest) =>
      get1mBars(store, symbol, start, end, page),
    stream1mBars: (symbol: string, start: TimeUs, end: TimeUs) => stream1mBars(store, symbol, start, end),
    getLastHourOf1mBars: (asOf: TimeUs) => getLastHourOf1mBars(store, asOf),
    minuteBarColumns: <Name extends MinuteBarColumn = MinuteBarColumn>(request: ColumnRequest<Name>) =>
      minuteBarColumns(store, request),

    getLatestBars: (symbol: string, limit?: number) => getLatestBars(store, symbol, limit),
    getBarsInRange: (symbol: string, start: TimeUs, end: TimeUs, page?: PageRequest) =>
      getBarsInRange(store, symbol, start, end, page),
    getBarsOfSymbols: (symbols: readonly string[], start: TimeUs, end: TimeUs, limit?: number) =>
      getBarsOfSymbols(store, symbols, start, end, limit),
    getLatestBarPerSymbol: () => getLatestBarPerSymbol(store),
    getLatestNormalBars: (symbol: string, since: TimeUs, limit?: number) =>
      getLatestNormalBars(store, symbol, since, limit),
    getReturnVolatility: (start: TimeUs, end: TimeUs) => getReturnVolatility(store, start, end),
    streamBars: (symbol: string, start: TimeUs, end: TimeUs) => streamBars(store, symbol, start, end),
    swingBarColumns: <Name extends SwingBarColumn = SwingBarColumn>(request: ColumnRequest<Name>) =>
      swingBarColumns(store, request),

    countGaps: (scope: GapScope, startDate: string, endDate: string) =>
      countGaps(store, scope, startDate, endDate),
    getCriticalGaps: (startDate: string, endDate: string, page?: PageRequest) =>
      getCriticalGaps(store, startDate, endDate, page),
    getCoverage: (request: CoverageRequest) => getCoverage(store, request),

    getSnapshot: (id: number | bigint | "latest") => getSnapshot(store, id),
    getPositions: (snapshotId: number | bigint) => getPositions(store, snapshotId),
    getAllocationDrift: (snapshotId: number | bigint) => getAllocationDrift(store, snapshotId),

    getRollingStats: (request: RollingStatsRequest, page?: PageRequest) =>
      getRollingStats(store, request, page),
    getSignals: (symbol: string, start: TimeUs, end: TimeUs, page?: PageRequest) =>
      getSignals(store, symbol, start, end, page),
    getCandidates: (filter?: CandidateFilter, page?: PageRequest) => getCandidates(store, filter, page),
    getRuns: (filter?: RunFilter, page?: PageRequest) => getRuns(store, filter, page),

    getIngestFiles: (page?: PageRequest) => getIngestFiles(store, page),
    getRejects: (file: string, page?: PageRequest) => getRejects(store, file, page),
  };
}
