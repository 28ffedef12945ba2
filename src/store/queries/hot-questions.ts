import { formatInstant, MINUTE_US, type TimeUs } from "../../record/index.ts";
import type { Store } from "../store.ts";
import { checkInstant, checkLimit, checkRange, checkSymbol, checkSymbols } from "./argument-checks.ts";
import { ask } from "./ask.ts";
import { decodeMinuteBar, type MinuteBarRow } from "./minute-bars.ts";
import { double, orNull, text, whole } from "./row-fields.ts";
import { decodeSwingBar, type SwingBarRow } from "./swing-bars.ts";

const HOUR_US = 60 * MINUTE_US;

/** The 1-minute bars of every symbol in the hour before an instant, newest first. */
export async function getLastHourOf1mBars(store: Store, asOf: TimeUs): Promise<MinuteBarRow[]> {
  const range = checkRange((checkInstant("instant", asOf) - HOUR_US) as TimeUs, asOf);
  return await ask(store, "minute_bars_of_hour", [range.start, range.end], decodeMinuteBar);
}

/** 10-minute bars of several symbols in [start, end), by symbol and then newest first, at most `limit` in all. */
export async function getBarsOfSymbols(
  store: Store,
  symbols: readonly string[],
  start: TimeUs,
  end: TimeUs,
  limit = 100,
): Promise<SwingBarRow[]> {
  const range = checkRange(start, end);
  const values = [checkSymbols(symbols), range.start, range.end, checkLimit(limit)];
  return await ask(store, "swing_bars_of_symbols", values, decodeSwingBar);
}

/** The newest 10-minute bars of a symbol since an instant that are of normal quality and full rate, newest first. */
export async function getLatestNormalBars(
  store: Store,
  symbol: string,
  since: TimeUs,
  limit = 100,
): Promise<SwingBarRow[]> {
  const values = [checkSymbol(symbol), formatInstant(checkInstant("since", since)), checkLimit(limit)];
  return await ask(store, "latest_normal_swing_bars", values, decodeSwingBar);
}

export interface ReturnVolatility {
  symbol: string;
  /** Returns there were. */
  returns: number;
  /** Standard deviation (n − 1) of the simple 10-minute returns, a fraction; null from fewer than two. */
  volatility: number | null;
}

/** How much the intraday 10-minute returns of each symbol vary in [start, end), in order of symbol. */
export async function getReturnVolatility(
  store: Store,
  start: TimeUs,
  end: TimeUs,
): Promise<ReturnVolatility[]> {
  const range = checkRange(start, end);
  return await ask(store, "return_volatility", [range.start, range.end], (row) => ({
    symbol: text(row, "symbol"),
    returns: whole(row, "returns"),
    volatility: orNull(double, row, "volatility"),
  }));
}
