// record — the nouns: instants, prices, ticks, bars, gaps.
// in: nothing   out: types and their exact arithmetic   touches: nothing (pure, imports nothing)
export type { GapReason, GapRecord, GapScope, GapSeverity } from "./gap.ts";
export { GAP_REASONS, GAP_SCOPES } from "./gap.ts";
export { formatPrice, PRICE_SCALE, type Price, priceFromNumber } from "./price.ts";
export type { QualityFlag } from "./quality.ts";
export type { SwingBar } from "./swing-bar.ts";
export { ABSENT, isAbsent, type Tick } from "./tick.ts";
export {
  addDays,
  DAY_US,
  daysSinceEpoch,
  formatInstant,
  formatKst,
  isTradeDate,
  KST_OFFSET_US,
  kstDateOf,
  kstMidnightUs,
  MINUTE_US,
  SECOND_US,
  type TimeUs,
  type TradeDate,
  tradeDate,
} from "./time.ts";
