import { formatInstant, type Price, type TimeUs } from "../../record/index.ts";
import type { Store } from "../store.ts";
import { checkRange, checkSymbol } from "./argument-checks.ts";
import { type Page, type PageRequest, readPage } from "./page.ts";
import { type DatabaseRow, double, flag, instant, orNull, price, text, whole } from "./row-fields.ts";

/** A signal with the conditions that fired, the price it met and what came after. null: unknown or not yet due. */
export interface SignalRow {
  eventId: number;
  symbol: string;
  eventTimeUs: TimeUs;
  eventSeq: number;
  sourceTable: string;
  /** Seconds since the symbol's previous event. */
  deltaTPrev: number | null;
  bucketIndex: number | null;
  /** Place within the session, 0..1. */
  relativePosition: number | null;
  eventCountLastN: number | null;
  /** Events a second. */
  eventDensityLastN: number | null;
  samePatternStreak: number | null;
  valueDiffAbs: Price | null;
  /** Signed fraction. */
  valueDiffPct: number | null;
  rollingRangeN: Price | null;
  valueChangeExceedsX: boolean | null;
  eventFrequencyExceedsN: boolean | null;
  consecutiveEventsGeN: boolean | null;
  patternReappearedWithinT: boolean | null;
  thresholdX: number | null;
  thresholdN: number | null;
  thresholdStreak: number | null;
  thresholdTSeconds: number | null;
  priceAtSignal: Price | null;
  bidPrice: Price | null;
  askPrice: Price | null;
  spreadPct: number | null;
  priceAfter1m: Price | null;
  priceAfter5m: Price | null;
  priceAfter10m: Price | null;
  /** Fractions. */
  return1mPct: number | null;
  return5mPct: number | null;
  return10mPct: number | null;
  /** Why an outcome is missing. */
  outcomeReason: string | null;
  runId: number | null;
}

/** Signals of a symbol in [start, end), oldest first, page by page. */
export async function getSignals(
  store: Store,
  symbol: string,
  start: TimeUs,
  end: TimeUs,
  page: PageRequest = {},
): Promise<Page<SignalRow>> {
  const range = checkRange(start, end);
  const question = {
    name: "signals",
    arguments: [checkSymbol(symbol), range.end],
    beforeFirst: [range.start, -1 - 2 ** 15, 0],
    keyOf: (signal: SignalRow) => [formatInstant(signal.eventTimeUs), signal.eventSeq, signal.eventId],
    decode: decodeSignal,
  };
  return await readPage(store, question, page);
}

function decodeSignal(row: DatabaseRow): SignalRow {
  return {
    eventId: whole(row, "event_id"),
    symbol: text(row, "symbol"),
    eventTimeUs: instant(row, "event_time"),
    eventSeq: whole(row, "event_seq"),
    sourceTable: text(row, "source_table"),
    deltaTPrev: orNull(double, row, "delta_t_prev"),
    bucketIndex: orNull(whole, row, "bucket_index"),
    relativePosition: orNull(double, row, "relative_position"),
    eventCountLastN: orNull(whole, row, "event_count_last_n"),
    eventDensityLastN: orNull(double, row, "event_density_last_n"),
    samePatternStreak: orNull(whole, row, "same_pattern_streak"),
    valueDiffAbs: orNull(price, row, "value_diff_abs"),
    valueDiffPct: orNull(double, row, "value_diff_pct"),
    rollingRangeN: orNull(price, row, "rolling_range_n"),
    valueChangeExceedsX: orNull(flag, row, "value_change_exceeds_x"),
    eventFrequencyExceedsN: orNull(flag, row, "event_frequency_exceeds_n"),
    consecutiveEventsGeN: orNull(flag, row, "consecutive_events_ge_n"),
    patternReappearedWithinT: orNull(flag, row, "pattern_reappeared_within_t"),
    thresholdX: orNull(double, row, "threshold_x"),
    thresholdN: orNull(whole, row, "threshold_n"),
    thresholdStreak: orNull(whole, row, "threshold_streak"),
    thresholdTSeconds: orNull(double, row, "threshold_t_seconds"),
    priceAtSignal: orNull(price, row, "price_at_signal"),
    bidPrice: orNull(price, row, "bid_price"),
    askPrice: orNull(price, row, "ask_price"),
    spreadPct: orNull(double, row, "spread_pct"),
    priceAfter1m: orNull(price, row, "price_after_1m"),
    priceAfter5m: orNull(price, row, "price_after_5m"),
    priceAfter10m: orNull(price, row, "price_after_10m"),
    return1mPct: orNull(double, row, "return_1m_pct"),
    return5mPct: orNull(double, row, "return_5m_pct"),
    return10mPct: orNull(double, row, "return_10m_pct"),
    outcomeReason: orNull(text, row, "outcome_reason"),
    runId: orNull(whole, row, "run_id"),
  };
}
