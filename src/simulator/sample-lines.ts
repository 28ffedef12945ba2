import { formatInstant, formatKst, type GapRecord, PRICE_SCALE, type TimeUs } from "../record/index.ts";
import type { SymbolMarket } from "./symbol-market.ts";
import type { TenMinuteBar } from "./ten-minute-bar.ts";

export type SampleShape = "1.0" | "1.1";

/** What all ticks of one half second share, formatted once. */
export interface TickMoment {
  shape: SampleShape;
  eventTime: string;
  receiveTime: string;
  sessionId: string;
}

export function tickMoment(
  shape: SampleShape,
  eventTimeUs: TimeUs,
  receiveTimeUs: TimeUs,
  sessionId: string,
): TickMoment {
  const format = shape === "1.0" ? formatKst : formatInstant;
  return { shape, eventTime: format(eventTimeUs), receiveTime: format(receiveTimeUs), sessionId };
}

/** The market's present state as a tick. All prices are whole won. */
export function tickLine(market: SymbolMarket, moment: TickMoment, qualityFlag: "normal" | "gap"): string {
  const { shape, eventTime, receiveTime, sessionId } = moment;
  const { symbol } = market.listing;
  const bid = market.bidPrice / PRICE_SCALE;
  const ask = market.askPrice / PRICE_SCALE;
  const last = market.lastPrice / PRICE_SCALE;
  const tail = `"session_id":"${sessionId}","mitigation_level":0,"quality_flag":"${qualityFlag}"}`;
  const sizes = `"bid_size":${market.bidSize},"ask_size":${market.askSize},"last_price":${last},"volume":${market.volume},`;
  if (shape === "1.0")
    return `{"ts":"${receiveTime}","event_time":"${eventTime}","symbol":"${symbol}","bid_price":${bid},"ask_price":${ask},${sizes}${tail}`;
  const times = `"ts":"${receiveTime}","event_time":"${eventTime}","receive_time":"${receiveTime}"`;
  const totals = `"acml_volume":${market.acmlVolume},"acml_value":${market.acmlValue}`;
  return `{"schema_version":"1.1",${times},"symbol":"${symbol}","venue":"KRX","seq":0,"bid_price":${bid},"ask_price":${ask},${sizes}${totals},${tail}`;
}

/** When a bar began, when it was collected, and in which session. */
export interface BarMoment {
  shape: SampleShape;
  barTimeUs: TimeUs;
  collectedAtUs: TimeUs;
  sessionId: string;
}

/** In v1.0 the collection time alone tells the bar, so it lies in the bar's ten minutes. */
export function barLine(market: SymbolMarket, bar: TenMinuteBar, moment: BarMoment): string {
  const { shape, barTimeUs, collectedAtUs, sessionId } = moment;
  const won = {
    open: bar.open / PRICE_SCALE,
    high: bar.high / PRICE_SCALE,
    low: bar.low / PRICE_SCALE,
    close: bar.close / PRICE_SCALE,
  };
  return JSON.stringify({
    ...(shape === "1.1" ? { schema_version: "1.1" } : {}),
    ts: formatKst(collectedAtUs),
    ...(shape === "1.1" ? { bar_time: formatKst(barTimeUs) } : {}),
    session: sessionId,
    dataset: "swing_10m",
    market: market.listing.market,
    symbol: market.listing.symbol,
    price: won,
    volume: bar.volume,
    ...(shape === "1.1" ? { value: bar.value, venue: "KRX" } : {}),
    bid_price: bar.bidPrice / PRICE_SCALE,
    ask_price: bar.askPrice / PRICE_SCALE,
    source: "observer-simulator",
  });
}

export function gapLine(gap: GapRecord): string {
  return JSON.stringify({
    timestamp: formatKst(gap.gapEndUs),
    gap_start_ts: formatKst(gap.gapStartUs),
    gap_end_ts: formatKst(gap.gapEndUs),
    gap_seconds: gap.gapSeconds,
    scope: gap.scope,
    ...(gap.symbol === "" ? {} : { symbol: gap.symbol }),
    reason: gap.reason,
    session_id: gap.sessionId,
  });
}
