// derive — what follows from the rows: bars from ticks, bars from bars, gaps the data show, coverage, returns.
// in: ticks, bars and ledgers in the store   out: scalp_1m_bars, swing_bars_10m, scalp_gaps, market_sessions   touches: the store
export { type BarsReport, type BarsRequest, buildBars } from "./build-bars.ts";
export {
  type DeriveOptions,
  type DeriveProgress,
  type DeriveReport,
  deriveForFiles,
} from "./derive-for-files.ts";
export { findGaps, type GapsReport, type GapsRequest } from "./find-gaps.ts";
export { type CalendarReport, ensureCalendar, syncMarketSessions } from "./market-sessions.ts";
export { countWrongReturns, mendReturns, type ReturnsRequest } from "./returns.ts";
export {
  buildSwingBarsFromMinutes,
  type SwingBarsReport,
  type SwingBarsRequest,
} from "./swing-from-minutes.ts";
export { type CoverageGrade, getSymbolDayCoverage, type SymbolDayCoverage } from "./symbol-day-coverage.ts";
