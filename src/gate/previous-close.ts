import { calendarCoverage, previousTradingDate } from "../market/index.ts";
import { ABSENT, isAbsent, type Price, type TradeDate } from "../record/index.ts";
import { DAY_MOVE } from "./codes.ts";
import type { GateRules, GateThresholds } from "./rules.ts";
import { DEGRADES, type Findings, REJECTS } from "./verdict.ts";

/** The closes of one symbol, as far as its stream has shown them. */
export interface CloseTrack {
  /** The date in progress, "" before the first record, and the close before it (ABSENT: none to compare with). */
  date: TradeDate | "";
  previousClose: Price;
  /** Last price of a regular session so far, and its date. */
  close: Price;
  closeDate: TradeDate | "";
}

export function newCloseTrack(): CloseTrack {
  return { date: "", previousClose: ABSENT as Price, close: ABSENT as Price, closeDate: "" };
}

function tradingDateBefore(date: TradeDate): TradeDate | null {
  const { from, to } = calendarCoverage();
  return date <= from || date > to ? null : previousTradingDate(date);
}

/** What G-001 compares with on a date; ABSENT when nothing is known. Changes nothing. */
export function previousCloseOn(date: TradeDate, symbol: string, track: CloseTrack, rules: GateRules): Price {
  if (date === track.date) return track.previousClose;
  const known = rules.previousCloseOf(symbol, date);
  if (known !== undefined) return known;
  // A close from further back is no previous close: a month of missing data is not a move of one day.
  return date > track.date && track.closeDate === tradingDateBefore(date) ? track.close : (ABSENT as Price);
}

/**
 * G-001. Differences of scaled integers are exact, and the product with 0.3 or 0.5 rounds to the exact product
 * whenever that is an integer (their relative error is below 2⁻⁵⁴), so a price on the limit is never taken for one beyond.
 */
export function dayMoveFindings(
  price: Price,
  previousClose: Price,
  thresholds: Readonly<GateThresholds>,
): Findings {
  const move = Math.abs(price - previousClose);
  if (!(move > thresholds.dayMoveDegrade * previousClose)) return 0;
  return DAY_MOVE | (move > thresholds.dayMoveReject * previousClose ? REJECTS : DEGRADES);
}

/** Moves the track on to a date, once. */
export function openDate(track: CloseTrack, date: TradeDate, previousClose: Price): void {
  if (date <= track.date) return;
  track.date = date;
  track.previousClose = previousClose;
}

/** Notes a price of a regular session as the close so far. */
export function noteClose(track: CloseTrack, date: TradeDate, price: Price): void {
  if (isAbsent(price)) return;
  track.close = price;
  track.closeDate = date;
}
