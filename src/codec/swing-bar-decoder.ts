import { ABSENT, type SwingBar, type TimeUs } from "../record/index.ts";
import {
  isMissing,
  readCount,
  readInstant,
  readMitigationLevel,
  readOptionalInstant,
  readPrice,
  readQualityFlag,
  readRequiredPrice,
  readSymbol,
  readText,
  readTradedValue,
  TEXT_LIMIT,
} from "./fields.ts";
import { countUnknown, type Fields, nestedFields, parseLine } from "./json-line.ts";
import { clearReport, describe, type LineReport, outcomeOf, refuse } from "./line-report.ts";

const KNOWN: ReadonlySet<string> = new Set([
  ...[
    "ts",
    "timestamp",
    "bar_time",
    "session",
    "session_id",
    "dataset",
    "market",
    "source",
    "symbol",
    "price",
  ],
  ...["open", "high", "low", "close", "volume", "value", "bid_price", "ask_price", "venue", "schema_version"],
  ...["mitigation_level", "quality_flag"],
]);
const KNOWN_IN_PRICE: ReadonlySet<string> = new Set(["open", "high", "low", "close"]);

/** Start of the bar that holds an instant, null when it lies in no trading session. */
export type FloorToSlot = (timeUs: TimeUs) => TimeUs | null;

/**
 * Decodes the line `bytes[start, end)` of a swing file, in any of its shapes: prices nested or flat, `bar_time` or the
 * collection time (`ts`, `timestamp`), which `floorToSlot` then brings to its bar. Null when malformed, with the fault
 * in `report`. Never throws by itself.
 */
export function decodeSwingBar(
  bytes: Buffer,
  start: number,
  end: number,
  floorToSlot: FloorToSlot,
  report: LineReport,
): SwingBar | null {
  clearReport(report);
  const fields = parseLine(bytes, start, end, report);
  if (fields === null) return null;
  report.unknownFields += countUnknown(fields, KNOWN);
  const clockField = isMissing(fields.ts) ? "timestamp" : "ts";
  const collectedAtUs = readOptionalInstant(report, clockField, fields[clockField]);
  const nested = nestedFields(fields, "price", KNOWN_IN_PRICE, report);
  const price = (name: string) =>
    isMissing(nested[name])
      ? readRequiredPrice(report, name, fields[name])
      : readRequiredPrice(report, `price.${name}`, nested[name]);
  const sessionField = isMissing(fields.session_id) ? "session" : "session_id";
  const bar: SwingBar = {
    symbol: readSymbol(report, "symbol", fields.symbol),
    barTimeUs: barTime(fields, clockField, collectedAtUs, floorToSlot, report),
    collectedAtUs,
    open: price("open"),
    high: price("high"),
    low: price("low"),
    close: price("close"),
    volume: readCount(report, "volume", fields.volume),
    value: readTradedValue(report, "value", fields.value),
    bidPrice: readPrice(report, "bid_price", fields.bid_price),
    askPrice: readPrice(report, "ask_price", fields.ask_price),
    venue: readText(report, "venue", fields.venue, TEXT_LIMIT.venue),
    sessionId: readText(report, sessionField, fields[sessionField], TEXT_LIMIT.sessionId),
    schemaVersion: readText(report, "schema_version", fields.schema_version, TEXT_LIMIT.schemaVersion),
    mitigationLevel: readMitigationLevel(report, "mitigation_level", fields.mitigation_level),
    qualityFlag: readQualityFlag(report, "quality_flag", fields.quality_flag),
  };
  return outcomeOf(report) === "ok" ? bar : null;
}

function barTime(
  fields: Fields,
  clockField: string,
  collectedAtUs: TimeUs,
  floorToSlot: FloorToSlot,
  report: LineReport,
): TimeUs {
  if (!isMissing(fields.bar_time)) return readInstant(report, "bar_time", fields.bar_time);
  if (isMissing(fields[clockField])) return readInstant(report, "bar_time", undefined);
  if (Number.isNaN(collectedAtUs)) return ABSENT as TimeUs;
  const slotUs = floorToSlot(collectedAtUs);
  if (slotUs !== null) return slotUs;
  refuse(report, clockField, "V-004", describe(fields[clockField], "in no trading session: "));
  return ABSENT as TimeUs;
}
