import type { TradeDate } from "../../record/index.ts";
import type { Store } from "../store.ts";
import { checkDates, checkSymbols } from "./argument-checks.ts";
import { ask } from "./ask.ts";
import { date, double, orNull, text, whole } from "./row-fields.ts";

export interface CoverageRequest {
  /** Korean dates, both included. */
  startDate: string;
  endDate: string;
  /** All that have 1-minute bars or gaps of their own in the range, when left out. */
  symbols?: readonly string[];
}

/** What there is of one symbol on one Korean date. */
export interface CoverageRow {
  symbol: string;
  tradeDate: TradeDate;
  /** 1-minute bars present. How many there should be is for the calendar to say. */
  bars: number;
  /** Mean of the bars' coverage, 0..1; null without bars. */
  meanCoverage: number | null;
  /** Bars by grade; `ungraded` have no coverage, as imported ones. */
  grades: { A: number; B: number; C: number; D: number; ungraded: number };
  /** Seconds of the date within a gap of the symbol, or of all symbols; overlaps count once. */
  gapSeconds: number;
}

/**
 * Bars, coverage and gaps by symbol and date, in that order: a row for every date on which the symbol has a bar
 * or a gap. A lost day is thus a row with no bars, for every symbol that is named or otherwise seen in the range.
 */
export async function getCoverage(store: Store, request: CoverageRequest): Promise<CoverageRow[]> {
  const symbols = checkSymbols(request.symbols);
  const { start, end, days } = checkDates(request.startDate, request.endDate);
  return await ask(store, "coverage_by_day", [symbols, start, end, ...days], (row) => ({
    symbol: text(row, "symbol"),
    tradeDate: date(row, "trade_date"),
    bars: whole(row, "bars"),
    meanCoverage: orNull(double, row, "mean_coverage"),
    grades: {
      A: whole(row, "grade_a"),
      B: whole(row, "grade_b"),
      C: whole(row, "grade_c"),
      D: whole(row, "grade_d"),
      ungraded: whole(row, "ungraded"),
    },
    gapSeconds: double(row, "gap_seconds"),
  }));
}
