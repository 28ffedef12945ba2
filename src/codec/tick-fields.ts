import type { Price, Tick } from "../record/index.ts";
import {
  isMissing,
  readCount,
  readInstant,
  readMitigationLevel,
  readOptionalInstant,
  readPrice,
  readQualityFlag,
  readSmallCount,
  readSymbol,
  readText,
  TEXT_LIMIT,
} from "./fields.ts";
import { countUnknown, type Fields, isFields, NO_FIELDS, nestedFields } from "./json-line.ts";
import { type LineReport, MISSING, refuse, WHOLE_LINE } from "./line-report.ts";
import { LARGEST_SEQ } from "./new-tick.ts";

const KNOWN: ReadonlySet<string> = new Set([
  ...["ts", "event_time", "timestamp", "receive_time", "symbol", "bid_price", "ask_price", "last_price"],
  ...["bid_size", "ask_size", "volume", "acml_volume", "acml_value", "seq", "venue", "session_id"],
  ...["schema_version", "mitigation_level", "quality_flag", "price", "bid_ask"],
]);
const KNOWN_IN_PRICE: ReadonlySet<string> = new Set(["current"]);
const KNOWN_IN_BID_ASK: ReadonlySet<string> = new Set(["bid_price", "ask_price"]);
const KNOWN_IN_VOLUME: ReadonlySet<string> = new Set(["tick", "accumulated", "trade_value"]);

/**
 * Fills `tick` from a parsed line of any tick shape: v1.0, v1.1 and the nested one of older collectors
 * (`timestamp`, `price.current`, `bid_ask.*`, `volume.{tick,accumulated,trade_value}`). Faults go to `report`;
 * the tick is then only partly filled.
 */
export function fillTick(fields: Fields, tick: Tick, report: LineReport): void {
  if (isBar(fields)) {
    refuse(report, WHOLE_LINE, "V-001", "a bar, not a tick");
    return;
  }
  report.unknownFields += countUnknown(fields, KNOWN);
  fillTimes(fields, tick, report);
  tick.symbol = readSymbol(report, "symbol", fields.symbol);
  fillPrices(fields, tick, report);
  fillVolumes(fields, tick, report);
  tick.bidSize = readCount(report, "bid_size", fields.bid_size);
  tick.askSize = readCount(report, "ask_size", fields.ask_size);
  tick.seq = readSmallCount(report, "seq", fields.seq, LARGEST_SEQ);
  tick.venue = readText(report, "venue", fields.venue, TEXT_LIMIT.venue);
  tick.sessionId = readText(report, "session_id", fields.session_id, TEXT_LIMIT.sessionId);
  tick.schemaVersion = readText(report, "schema_version", fields.schema_version, TEXT_LIMIT.schemaVersion);
  tick.mitigationLevel = readMitigationLevel(report, "mitigation_level", fields.mitigation_level);
  tick.qualityFlag = readQualityFlag(report, "quality_flag", fields.quality_flag);
}

/** A swing bar has a symbol, a time and both quotes, all that a tick needs; in a tick file it is in the wrong folder. */
function isBar(fields: Fields): boolean {
  const price = isFields(fields.price) ? fields.price : NO_FIELDS;
  const hasOpen = !isMissing(fields.bar_time) || !isMissing(fields.open) || !isMissing(price.open);
  return hasOpen && isMissing(fields.last_price) && isMissing(price.current);
}

/** `ts` is the collector's clock: the receive time, unless the line has no other time at all. */
function fillTimes(fields: Fields, tick: Tick, report: LineReport): void {
  const eventField =
    ["event_time", "timestamp", "ts"].find((name) => !isMissing(fields[name])) ?? "event_time";
  tick.eventTimeUs = readInstant(report, eventField, fields[eventField]);
  const receiveField = !isMissing(fields.receive_time) || eventField === "ts" ? "receive_time" : "ts";
  tick.receiveTimeUs = readOptionalInstant(report, receiveField, fields[receiveField]);
}

function fillPrices(fields: Fields, tick: Tick, report: LineReport): void {
  const price = nestedFields(fields, "price", KNOWN_IN_PRICE, report);
  const bidAsk = nestedFields(fields, "bid_ask", KNOWN_IN_BID_ASK, report);
  const either = (flat: string, outer: string, inner: string, from: Fields): Price =>
    isMissing(fields[flat])
      ? readPrice(report, `${outer}.${inner}`, from[inner])
      : readPrice(report, flat, fields[flat]);
  tick.lastPrice = either("last_price", "price", "current", price);
  tick.bidPrice = either("bid_price", "bid_ask", "bid_price", bidAsk);
  tick.askPrice = either("ask_price", "bid_ask", "ask_price", bidAsk);
  if (Number.isNaN(tick.lastPrice) && Number.isNaN(tick.bidPrice + tick.askPrice))
    refuse(report, "last_price", "V-001", MISSING);
}

function fillVolumes(fields: Fields, tick: Tick, report: LineReport): void {
  const isNested = isFields(fields.volume);
  const volume = isNested ? nestedFields(fields, "volume", KNOWN_IN_VOLUME, report) : NO_FIELDS;
  tick.volume = isNested
    ? readCount(report, "volume.tick", volume.tick)
    : readCount(report, "volume", fields.volume);
  const either = (flat: string, inner: string): number =>
    isMissing(fields[flat])
      ? readCount(report, `volume.${inner}`, volume[inner])
      : readCount(report, flat, fields[flat]);
  tick.acmlVolume = either("acml_volume", "accumulated");
  tick.acmlValue = either("acml_value", "trade_value");
}
