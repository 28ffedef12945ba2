// kernels — the statistics and the simulations, defined on columns of numbers.
// in: typed arrays   out: typed arrays and numbers, NaN where undefined   touches: nothing (pure, imports nothing)
export { benjaminiYekutieli } from "./benjamini-yekutieli.ts";
export { dayGrowth } from "./day-growth.ts";
export { type Drawdowns, drawdowns } from "./drawdowns.ts";
export {
  type BarColumns,
  type DatedCosts,
  type FixedHoldOptions,
  type FixedHoldTrades,
  fixedHoldTrades,
  type SearchDirections,
  type SearchFill,
  type SearchMode,
} from "./fixed-hold-trades.ts";
export { mean, sampleDeviation } from "./sample-moments.ts";
export { type TradeMetrics, tradeMetrics } from "./trade-metrics.ts";
