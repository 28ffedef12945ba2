import type { TradeDate } from "../record/index.ts";
import { type Store, sqlFile } from "../store/index.ts";
import { koreanDay } from "./korean-day.ts";

export type CoverageGrade = "A" | "B" | "C" | "D";

/** How complete one symbol is on one trading day. */
export interface SymbolDayCoverage {
  symbol: string;
  tradeDate: TradeDate;
  /** 1-minute bars in continuous trading and of the closing print. */
  minutesPresent: number;
  /** As the dated calendar has it; 381 on a normal day. */
  minutesExpected: number;
  /** Seconds of continuous trading within a gap of the symbol or of all; overlaps count once. */
  gapSeconds: number;
  /** minutesPresent / minutesExpected, at most 1. */
  barCoverage: number;
  /** 1 − gapSeconds / seconds of continuous trading. */
  timeCoverage: number;
  /** Volume seen in ticks / volume the venue counted, over the minutes for which both are known; null when none are. */
  volumeCapture: number | null;
  /** By the smallest of the three: A from 0.9, B from 0.75, C from 0.5, else D. */
  grade: CoverageGrade;
}

interface CoverageRow {
  symbol: string;
  trade_date: TradeDate;
  minutes_present: number;
  minutes_expected: number;
  session_seconds: number;
  gap_seconds: number;
  volume_capture: number | null;
}

/**
 * The three coverages of every symbol-day with 1-minute bars, by symbol and date. Knows the days that
 * `market_sessions` knows; deriving fills it for the days it works on.
 */
export async function getSymbolDayCoverage(
  store: Store,
  request: { symbols?: readonly string[]; from: TradeDate; to: TradeDate },
): Promise<SymbolDayCoverage[]> {
  const { from, to } = request;
  const range = [from, to, koreanDay(from).start, koreanDay(to).end, request.symbols ?? null];
  const { rows } = await store.reader.query<CoverageRow>(sqlFile("symbol_day_coverage"), range);
  return rows.map(graded);
}

function graded(row: CoverageRow): SymbolDayCoverage {
  const barCoverage = Math.min(1, row.minutes_present / row.minutes_expected);
  const timeCoverage = Math.max(0, 1 - row.gap_seconds / row.session_seconds);
  const weakest = Math.min(barCoverage, timeCoverage, row.volume_capture ?? 1);
  return {
    symbol: row.symbol,
    tradeDate: row.trade_date,
    minutesPresent: row.minutes_present,
    minutesExpected: row.minutes_expected,
    gapSeconds: row.gap_seconds,
    barCoverage,
    timeCoverage,
    volumeCapture: row.volume_capture,
    grade: weakest >= 0.9 ? "A" : weakest >= 0.75 ? "B" : weakest >= 0.5 ? "C" : "D",
  };
}
