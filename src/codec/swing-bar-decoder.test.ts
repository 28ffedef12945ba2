import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ABSENT, MINUTE_US, type TimeUs } from "../record/index.ts";
import { newLineReport } from "./line-report.ts";
import { decodeSwingBar } from "./swing-bar-decoder.ts";

const V1_0 = {
  ts: "2026-01-22T00:31:05.200Z",
  session: "track_a_session",
  dataset: "track_a_swing",
  market: "kr_stocks",
  symbol: "005930",
  price: { open: 70000, high: 72000, low: 69500, close: 71500 },
  volume: 1_234_567,
  bid_price: 71450,
  ask_price: 71500,
  source: "kis",
};
const BAR = {
  symbol: "005930",
  barTimeUs: Date.parse("2026-01-22T00:30:00Z") * 1000,
  collectedAtUs: Date.parse("2026-01-22T00:31:05.200Z") * 1000,
  open: 700_000_000,
  high: 720_000_000,
  low: 695_000_000,
  close: 715_000_000,
  volume: 1_234_567,
  value: ABSENT,
  bidPrice: 714_500_000,
  askPrice: 715_000_000,
  venue: "",
  sessionId: "track_a_session",
  schemaVersion: "",
  mitigationLevel: 0,
  qualityFlag: "normal",
};

const toTenMinutes = (timeUs: TimeUs) => (timeUs - (timeUs % (10 * MINUTE_US))) as TimeUs;

function decodeBytes(bytes: Buffer, floorToSlot: (timeUs: TimeUs) => TimeUs | null = toTenMinutes) {
  const report = newLineReport();
  return { bar: decodeSwingBar(bytes, 0, bytes.length, floorToSlot, report), report };
}
const decode = (fields: object) => decodeBytes(Buffer.from(JSON.stringify(fields)));

test("v1.0: the collection time is brought to its slot; every field of the shape is known", () => {
  expect(decode(V1_0)).toEqual({ bar: BAR, report: newLineReport() });
});

test("v1.1: bar_time counts, ts says when it was collected", () => {
  const { ts, ...rest } = V1_0;
  const line = {
    ...rest,
    ts,
    bar_time: "2026-01-22T09:20:00+09:00",
    value: 88_271_540_500,
    venue: "KRX",
    schema_version: "1.1",
  };
  expect(decode(line).bar).toEqual({
    ...BAR,
    barTimeUs: Date.parse("2026-01-22T00:20:00Z") * 1000,
    value: 882_715_405_000_000,
    venue: "KRX",
    schemaVersion: "1.1",
  });
});

test("flat prices as strings, timestamp, session_id, no quotes", () => {
  const { price, ts, session, bid_price: _bid, ask_price: _ask, ...rest } = V1_0;
  const flat = Object.fromEntries(Object.entries(price).map(([name, value]) => [name, String(value)]));
  expect(decode({ ...rest, ...flat, timestamp: ts, session_id: session })).toEqual({
    bar: { ...BAR, bidPrice: ABSENT, askPrice: ABSENT },
    report: newLineReport(),
  });
});

test("bar_time alone: when it was collected is unknown", () => {
  const { ts: _, ...rest } = V1_0;
  expect(decode({ ...rest, bar_time: "2026-01-22T00:30:00Z" }).bar).toEqual({
    ...BAR,
    collectedAtUs: ABSENT,
  });
});

describe("refused", () => {
  const { ts: _ts, ...noTime } = V1_0;
  test.each([
    [noTime, "bar_time", "V-001"],
    [{ ...V1_0, ts: "2026-02-30T00:00:00Z" }, "ts", "V-004"],
    [{ ...V1_0, bar_time: 1 }, "bar_time", "V-004"],
    [{ ...V1_0, symbol: undefined }, "symbol", "V-001"],
    [{ ...V1_0, price: { open: 1, high: 1, low: 1 } }, "close", "V-001"],
    [{ ...V1_0, price: { ...V1_0.price, high: "1e308" } }, "price.high", "V-001"],
    [{ ...V1_0, price: 71500 }, "price", "V-001"],
    [{ ...V1_0, volume: 0.5 }, "volume", "V-001"],
    [{ ...V1_0, bar_time: V1_0.ts, value: 1e17 }, "value", "V-001"],
  ])("%j", (line, field, code) => {
    expect(decode(line)).toMatchObject({ bar: null, report: { field, code } });
  });

  test("a collection time outside every session, by name", () => {
    const { bar, report } = decodeBytes(Buffer.from(JSON.stringify(V1_0)), () => null);
    expect(bar).toBeNull();
    expect(report).toMatchObject({
      field: "ts",
      code: "V-004",
      found: 'in no trading session: "2026-01-22T00:31:05.200Z"',
    });
  });
});

test("any JSON and any bytes end in a bar or a named fault", () => {
  const names = fc.constantFrom(...Object.keys(V1_0), "bar_time", "open", "value", "session_id");
  const json = fc
    .dictionary(names, fc.jsonValue({ maxDepth: 3 }))
    .map((fields) => Buffer.from(JSON.stringify({ ...V1_0, ...fields })));
  const noise = fc.uint8Array({ maxLength: 100 }).map((bytes) => Buffer.from(bytes));
  fc.assert(
    fc.property(fc.oneof(json, noise), (bytes) => {
      const { bar, report } = decodeBytes(bytes);
      expect(bar === null).toBe(report.field !== "");
    }),
    { numRuns: 1000 },
  );
});
