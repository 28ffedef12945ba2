import { formatInstant, type Price, type TimeUs } from "../../record/index.ts";
import type { Store } from "../store.ts";
import { checkLimit, checkRange, checkSymbol } from "./argument-checks.ts";
import { ask } from "./ask.ts";
import { type Page, type PagedQuestion, type PageRequest, readPage } from "./page.ts";
import {
  type Amount,
  amount,
  type DatabaseRow,
  decimal,
  instant,
  orNull,
  price,
  text,
  whole,
} from "./row-fields.ts";
import { streamRows } from "./row-stream.ts";

/** A stored 10-minute bar. Prices and money in ten-thousandths of a currency unit; null where unknown. */
export interface SwingBarRow {
  symbol: string;
  /** Start of the bar. */
  barTimeUs: TimeUs;
  open: Price | null;
  high: Price | null;
  low: Price | null;
  close: Price | null;
  /** Shares. */
  volume: number | null;
  value: Amount | null;
  /** Best quotes when the bar was collected. */
  bidPrice: Price | null;
  askPrice: Price | null;
  /** Close against the symbol's previous close, as a fraction. */
  returnsPct: number | null;
  sessionId: string;
  mitigationLevel: number | null;
  qualityFlag: string | null;
  source: string | null;
}

/** The newest 10-minute bars of a symbol, newest first. */
export async function getLatestBars(store: Store, symbol: string, limit = 100): Promise<SwingBarRow[]> {
  return await ask(store, "latest_swing_bars", [checkSymbol(symbol), checkLimit(limit)], decodeSwingBar);
}

/** The newest 10-minute bar of every symbol that has one, in order of symbol. */
export async function getLatestBarPerSymbol(store: Store): Promise<SwingBarRow[]> {
  return await ask(store, "latest_swing_bar_per_symbol", [], decodeSwingBar);
}

/** 10-minute bars of a symbol that start in [start, end), oldest first, page by page. */
export async function getBarsInRange(
  store: Store,
  symbol: string,
  start: TimeUs,
  end: TimeUs,
  page: PageRequest = {},
): Promise<Page<SwingBarRow>> {
  return await readPage(store, swingBarsInRange(symbol, start, end), page);
}

/** The same bars one by one, for ranges of any length in constant memory. */
export function streamBars(
  store: Store,
  symbol: string,
  start: TimeUs,
  end: TimeUs,
): AsyncGenerator<SwingBarRow, void, undefined> {
  return streamRows(store, swingBarsInRange(symbol, start, end));
}

function swingBarsInRange(symbol: string, start: TimeUs, end: TimeUs): PagedQuestion<SwingBarRow> {
  const range = checkRange(start, end);
  return {
    name: "swing_bars_in_range",
    arguments: [checkSymbol(symbol), range.end],
    beforeFirst: [range.justBefore],
    keyOf: (bar) => [formatInstant(bar.barTimeUs)],
    decode: decodeSwingBar,
  };
}

export function decodeSwingBar(row: DatabaseRow): SwingBarRow {
  return {
    symbol: text(row, "symbol"),
    barTimeUs: instant(row, "bar_time"),
    open: orNull(price, row, "open"),
    high: orNull(price, row, "high"),
    low: orNull(price, row, "low"),
    close: orNull(price, row, "close"),
    volume: orNull(whole, row, "volume"),
    value: orNull(amount, row, "value"),
    bidPrice: orNull(price, row, "bid_price"),
    askPrice: orNull(price, row, "ask_price"),
    returnsPct: orNull(decimal, row, "returns_pct"),
    sessionId: text(row, "session_id"),
    mitigationLevel: orNull(whole, row, "mitigation_level"),
    qualityFlag: orNull(text, row, "quality_flag"),
    source: orNull(text, row, "source"),
  };
}
