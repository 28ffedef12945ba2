import { formatInstant, type Price, type TimeUs } from "../../record/index.ts";
import type { Store } from "../store.ts";
import { checkRange, checkSymbol } from "./argument-checks.ts";
import { type Page, type PagedQuestion, type PageRequest, readPage } from "./page.ts";
import {
  type Amount,
  amount,
  type DatabaseRow,
  double,
  instant,
  orNull,
  price,
  text,
  whole,
} from "./row-fields.ts";
import { streamRows } from "./row-stream.ts";

/** A stored 1-minute bar. Prices and money in ten-thousandths of a currency unit; null where unknown. */
export interface MinuteBarRow {
  symbol: string;
  /** Start of the minute. */
  barTimeUs: TimeUs;
  open: Price | null;
  high: Price | null;
  low: Price | null;
  close: Price | null;
  /** Shares. */
  volume: number | null;
  value: Amount | null;
  vwap: Price | null;
  bidPriceAvg: Price | null;
  askPriceAvg: Price | null;
  tickCount: number | null;
  /** Ticks present of those expected, 0..1. */
  coverageRatio: number | null;
  /** Shares captured of those the venue counted. */
  volumeCapture: number | null;
  sessionId: string;
  mitigationLevel: number | null;
  qualityFlag: string | null;
  /** A ≥ 0.9, B ≥ 0.75, C ≥ 0.5, D below; null where the coverage is. */
  qualityGrade: string | null;
}

/** 1-minute bars of a symbol that start in [start, end), oldest first, page by page. */
export async function get1mBars(
  store: Store,
  symbol: string,
  start: TimeUs,
  end: TimeUs,
  page: PageRequest = {},
): Promise<Page<MinuteBarRow>> {
  return await readPage(store, minuteBarsInRange(symbol, start, end), page);
}

/** The same bars one by one, for ranges of any length in constant memory. */
export function stream1mBars(
  store: Store,
  symbol: string,
  start: TimeUs,
  end: TimeUs,
): AsyncGenerator<MinuteBarRow, void, undefined> {
  return streamRows(store, minuteBarsInRange(symbol, start, end));
}

function minuteBarsInRange(symbol: string, start: TimeUs, end: TimeUs): PagedQuestion<MinuteBarRow> {
  const range = checkRange(start, end);
  return {
    name: "minute_bars_in_range",
    arguments: [checkSymbol(symbol), range.end],
    beforeFirst: [range.justBefore],
    keyOf: (bar) => [formatInstant(bar.barTimeUs)],
    decode: decodeMinuteBar,
  };
}

export function decodeMinuteBar(row: DatabaseRow): MinuteBarRow {
  return {
    symbol: text(row, "symbol"),
    barTimeUs: instant(row, "bar_time"),
    open: orNull(price, row, "open"),
    high: orNull(price, row, "high"),
    low: orNull(price, row, "low"),
    close: orNull(price, row, "close"),
    volume: orNull(whole, row, "volume"),
    value: orNull(amount, row, "value"),
    vwap: orNull(price, row, "vwap"),
    bidPriceAvg: orNull(price, row, "bid_price_avg"),
    askPriceAvg: orNull(price, row, "ask_price_avg"),
    tickCount: orNull(whole, row, "tick_count"),
    coverageRatio: orNull(double, row, "coverage_ratio"),
    volumeCapture: orNull(double, row, "volume_capture"),
    sessionId: text(row, "session_id"),
    mitigationLevel: orNull(whole, row, "mitigation_level"),
    qualityFlag: orNull(text, row, "quality_flag"),
    qualityGrade: orNull(text, row, "quality_grade"),
  };
}
