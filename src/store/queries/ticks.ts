import { formatInstant, type Price, type TimeUs } from "../../record/index.ts";
import type { Store } from "../store.ts";
import { checkLimit, checkRange, checkSymbol } from "./argument-checks.ts";
import { ask } from "./ask.ts";
import { type Page, type PagedQuestion, type PageRequest, readPage } from "./page.ts";
import { type DatabaseRow, decimal, instant, orNull, price, text, whole } from "./row-fields.ts";
import { streamRows } from "./row-stream.ts";

/** A stored tick. Prices in ten-thousandths; null where the source sent nothing. */
export interface TickRow {
  symbol: string;
  eventTimeUs: TimeUs;
  /** Order among the ticks of one symbol at one instant. */
  seq: number;
  bidPrice: Price | null;
  askPrice: Price | null;
  lastPrice: Price | null;
  /** Shares. */
  bidSize: number | null;
  askSize: number | null;
  /** Shares traded since the symbol's previous tick. */
  volume: number | null;
  /** Shares, and whole currency units, traded since the start of the day. */
  acmlVolume: number | null;
  acmlValue: number | null;
  /** Ask − bid in ten-thousandths, and as a fraction of the mid price. */
  spread: Price | null;
  spreadPct: number | null;
  venue: string | null;
  sessionId: string;
  receiveTimeUs: TimeUs | null;
  mitigationLevel: number | null;
  qualityFlag: string | null;
}

/** The newest ticks of a symbol, newest first. */
export async function getLatestTicks(store: Store, symbol: string, limit = 100): Promise<TickRow[]> {
  return await ask(store, "latest_ticks", [checkSymbol(symbol), checkLimit(limit)], decodeTick);
}

/** Ticks of a symbol in [start, end), in order of (event time, seq), page by page. */
export async function getTicksInRange(
  store: Store,
  symbol: string,
  start: TimeUs,
  end: TimeUs,
  page: PageRequest = {},
): Promise<Page<TickRow>> {
  return await readPage(store, ticksInRange(symbol, start, end), page);
}

/** The same ticks one by one, for ranges of any length in constant memory. */
export function streamTicks(
  store: Store,
  symbol: string,
  start: TimeUs,
  end: TimeUs,
): AsyncGenerator<TickRow, void, undefined> {
  return streamRows(store, ticksInRange(symbol, start, end));
}

function ticksInRange(symbol: string, start: TimeUs, end: TimeUs): PagedQuestion<TickRow> {
  const range = checkRange(start, end);
  return {
    name: "ticks_in_range",
    arguments: [checkSymbol(symbol), range.start, range.end],
    beforeFirst: [range.start, -1 - 2 ** 15],
    keyOf: (tick) => [formatInstant(tick.eventTimeUs), tick.seq],
    decode: decodeTick,
  };
}

function decodeTick(row: DatabaseRow): TickRow {
  return {
    symbol: text(row, "symbol"),
    eventTimeUs: instant(row, "event_time"),
    seq: whole(row, "seq"),
    bidPrice: orNull(price, row, "bid_price"),
    askPrice: orNull(price, row, "ask_price"),
    lastPrice: orNull(price, row, "last_price"),
    bidSize: orNull(whole, row, "bid_size"),
    askSize: orNull(whole, row, "ask_size"),
    volume: orNull(whole, row, "volume"),
    acmlVolume: orNull(whole, row, "acml_volume"),
    acmlValue: orNull(whole, row, "acml_value"),
    spread: orNull(price, row, "spread"),
    spreadPct: orNull(decimal, row, "spread_pct"),
    venue: orNull(text, row, "venue"),
    sessionId: text(row, "session_id"),
    receiveTimeUs: orNull(instant, row, "receive_time"),
    mitigationLevel: orNull(whole, row, "mitigation_level"),
    qualityFlag: orNull(text, row, "quality_flag"),
  };
}
