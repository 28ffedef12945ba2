import { formatInstant, type Price, type TimeUs } from "../../record/index.ts";
import type { Store } from "../store.ts";
import { checkChoice, checkMinutes, checkRange, checkSymbol } from "./argument-checks.ts";
import { type Page, type PageRequest, readPage } from "./page.ts";
import { type DatabaseRow, double, flag, instant, orNull, price, text, whole } from "./row-fields.ts";

export const STAT_SOURCES = ["scalp_1m_bars", "swing_bars_10m"] as const;
export type StatSource = (typeof STAT_SOURCES)[number];

export interface RollingStatsRequest {
  symbol: string;
  sourceTable: StatSource;
  /** Length of the window in trading minutes, such as 60. */
  windowMinutes: number;
  /** [start, end) of `statTimeUs`. */
  start: TimeUs;
  end: TimeUs;
}

/** Statistics of one window. Prices in ten-thousandths where exact, else in currency units; null where undefined. */
export interface RollingStatsRow {
  symbol: string;
  /** Start of the last bar in the window. */
  statTimeUs: TimeUs;
  windowMinutes: number;
  sourceTable: string;
  /** Currency units. */
  priceMean: number | null;
  priceStddev: number | null;
  priceMin: Price | null;
  priceMax: Price | null;
  /** Of log returns. */
  returnMean: number | null;
  returnStddev: number | null;
  returnSkew: number | null;
  returnKurtosis: number | null;
  /** Currency units. */
  atrN: number | null;
  /** Annualised, a fraction. */
  volatilityPct: number | null;
  highLowRange: Price | null;
  /** Shares. */
  volumeMean: number | null;
  volumeStddev: number | null;
  /** Currency units. */
  vwap: number | null;
  barCount: number | null;
  /** Bars present of those expected, 0..1. */
  coverageRatio: number | null;
  spansSession: boolean | null;
  runId: number | null;
}

/** Rolling statistics of a symbol for one window length and source, oldest first, page by page. */
export async function getRollingStats(
  store: Store,
  request: RollingStatsRequest,
  page: PageRequest = {},
): Promise<Page<RollingStatsRow>> {
  const range = checkRange(request.start, request.end);
  const question = {
    name: "rolling_stats",
    arguments: [
      checkSymbol(request.symbol),
      checkChoice("source table", request.sourceTable, STAT_SOURCES),
      checkMinutes("window", request.windowMinutes),
      range.end,
    ],
    beforeFirst: [range.justBefore],
    keyOf: (row: RollingStatsRow) => [formatInstant(row.statTimeUs)],
    decode: decodeRollingStats,
  };
  return await readPage(store, question, page);
}

function decodeRollingStats(row: DatabaseRow): RollingStatsRow {
  return {
    symbol: text(row, "symbol"),
    statTimeUs: instant(row, "stat_time"),
    windowMinutes: whole(row, "window_minutes"),
    sourceTable: text(row, "source_table"),
    priceMean: orNull(double, row, "price_mean"),
    priceStddev: orNull(double, row, "price_stddev"),
    priceMin: orNull(price, row, "price_min"),
    priceMax: orNull(price, row, "price_max"),
    returnMean: orNull(double, row, "return_mean"),
    returnStddev: orNull(double, row, "return_stddev"),
    returnSkew: orNull(double, row, "return_skew"),
    returnKurtosis: orNull(double, row, "return_kurtosis"),
    atrN: orNull(double, row, "atr_n"),
    volatilityPct: orNull(double, row, "volatility_pct"),
    highLowRange: orNull(price, row, "high_low_range"),
    volumeMean: orNull(double, row, "volume_mean"),
    volumeStddev: orNull(double, row, "volume_stddev"),
    vwap: orNull(double, row, "vwap"),
    barCount: orNull(whole, row, "bar_count"),
    coverageRatio: orNull(double, row, "coverage_ratio"),
    spansSession: orNull(flag, row, "spans_session"),
    runId: orNull(whole, row, "run_id"),
  };
}
