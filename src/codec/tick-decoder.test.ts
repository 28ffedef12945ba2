import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ABSENT, formatInstant, type Tick, type TimeUs } from "../record/index.ts";
import { LINE_WARNING, type LineReport, newLineReport } from "./line-report.ts";
import { newTick } from "./new-tick.ts";
import { decodeTickByFields, TickDecoder } from "./tick-decoder.ts";
import { TickScan } from "./tick-scan.ts";

const utc = (text: string) => (Date.parse(text) * 1000) as TimeUs;

const V1_0 = {
  ts: "2026-01-22T09:31:05.123Z",
  event_time: "2026-01-22T09:31:05.120Z",
  symbol: "005930",
  bid_price: 71450,
  ask_price: 71500,
  bid_size: 100,
  ask_size: 50,
  last_price: 71475,
  volume: 10,
  session_id: "track_b_session",
  mitigation_level: 0,
  quality_flag: "normal",
};
const V1_1 = {
  schema_version: "1.1",
  ...V1_0,
  seq: 3,
  receive_time: "2026-01-22T09:31:05.122Z",
  acml_volume: 1_234_567,
  acml_value: 88_000_000_000,
  venue: "KRX",
};
const OLDER = {
  timestamp: "2026-01-22T18:31:05.120456+09:00",
  symbol: "005930",
  price: { current: "71475" },
  bid_ask: { bid_price: 71450.0, ask_price: "71500" },
  volume: { tick: 10, accumulated: 1_234_567, trade_value: 88_000_000_000 },
  session_id: "old",
};

function decodeBytes(bytes: Buffer): { outcome: string; tick: Tick; report: LineReport; fast: boolean } {
  const decoder = new TickDecoder();
  const tick = newTick();
  const report = newLineReport();
  const outcome = decoder.decode(bytes, 0, bytes.length, tick, report);
  return { outcome, tick, report, fast: decoder.fastLines === 1 };
}
const decodeText = (line: string) => decodeBytes(Buffer.from(line));
const decode = (fields: object) => decodeText(JSON.stringify(fields));

describe("the shapes in use", () => {
  const common = {
    ...newTick(),
    symbol: "005930",
    eventTimeUs: utc("2026-01-22T09:31:05.120Z"),
    bidPrice: 714_500_000,
    askPrice: 715_000_000,
    lastPrice: 714_750_000,
    volume: 10,
  };

  test("v1.0: ts is when we received it", () => {
    const { outcome, tick, fast } = decode(V1_0);
    expect(outcome).toBe("ok");
    expect(fast).toBe(true);
    expect(tick).toEqual({
      ...common,
      receiveTimeUs: utc("2026-01-22T09:31:05.123Z"),
      bidSize: 100,
      askSize: 50,
      sessionId: "track_b_session",
    });
  });

  test("v1.1: receive_time wins over ts", () => {
    const { tick, fast } = decode(V1_1);
    expect(fast).toBe(true);
    expect(tick).toEqual({
      ...common,
      receiveTimeUs: utc("2026-01-22T09:31:05.122Z"),
      bidSize: 100,
      askSize: 50,
      seq: 3,
      acmlVolume: 1_234_567,
      acmlValue: 88_000_000_000,
      venue: "KRX",
      sessionId: "track_b_session",
      schemaVersion: "1.1",
    });
  });

  test("older collectors: nested, numbers as strings, microseconds, Korean offset", () => {
    const { tick, fast, report } = decode(OLDER);
    expect(fast).toBe(false);
    expect(report).toEqual(newLineReport());
    expect(tick).toEqual({
      ...common,
      eventTimeUs: utc("2026-01-22T09:31:05.120Z") + 456,
      acmlVolume: 1_234_567,
      acmlValue: 88_000_000_000,
      sessionId: "old",
    });
  });

  test("ts alone is the event time, and then nobody knows when it was received", () => {
    const { ts, event_time: _, ...rest } = V1_0;
    for (const line of [
      { ...rest, ts },
      { ...rest, ts, event_time: null },
    ]) {
      const { tick } = decode(line);
      expect(tick.eventTimeUs).toBe(utc(ts));
      expect(tick.receiveTimeUs).toBe(ABSENT);
    }
  });

  test("Python's spacing, a carriage return and any key order stay on the byte scan", () => {
    const python = JSON.stringify(V1_0).replaceAll('":', '": ').replaceAll(',"', ', "');
    expect(decodeText(python)).toMatchObject({ outcome: "ok", fast: true, tick: decode(V1_0).tick });
    expect(decodeText(`${python}\r`).fast).toBe(true);
    const backwards = Object.fromEntries(Object.entries(V1_1).reverse());
    expect(decode(backwards)).toMatchObject({ fast: true, tick: decode(V1_1).tick });
  });

  test("missing and null optional fields are absent, never 0", () => {
    const least = { event_time: V1_0.event_time, symbol: "005930", last_price: 71475 };
    const nulls = { ...least, bid_price: null, bid_size: null, seq: null, venue: null, volume: null };
    for (const line of [least, nulls]) {
      expect(decode(line).tick).toEqual({
        ...newTick(),
        symbol: "005930",
        eventTimeUs: common.eventTimeUs,
        lastPrice: 714_750_000,
      });
    }
    expect(decode(nulls).fast).toBe(true);
  });

  test("both quotes do instead of a last price", () => {
    const { last_price: _, ...quotes } = V1_0;
    expect(decode(quotes)).toMatchObject({ outcome: "ok", fast: true });
    expect(decode(quotes).tick.lastPrice).toBe(ABSENT);
  });

  test("the decoder learns a new key order and goes back to the old one", () => {
    const decoder = new TickDecoder();
    const report = newLineReport();
    const tick = newTick();
    for (const shape of [V1_0, V1_1, OLDER, V1_0, V1_1]) {
      const bytes = Buffer.from(JSON.stringify(shape));
      expect(decoder.decode(bytes, 0, bytes.length, tick, report)).toBe("ok");
    }
    expect([decoder.fastLines, decoder.slowLines]).toEqual([4, 1]);
    expect(tick).toEqual(decode(V1_1).tick);
  });

  test("a line inside a larger buffer ends where it ends", () => {
    const line = JSON.stringify({ event_time: V1_0.event_time, symbol: "005930", last_price: 7 });
    const bytes = Buffer.from(`}${line}}${line}`);
    const report = newLineReport();
    const tick = newTick();
    expect(new TickDecoder().decode(bytes, 1, 1 + line.length, tick, report)).toBe("ok");
    expect(tick.lastPrice).toBe(70_000);
    expect(new TickDecoder().decode(bytes, 1, line.length, tick, report)).toBe("malformed");
    expect(new TickDecoder().decode(bytes, 1, 1, tick, report)).toBe("malformed");
  });
});

describe("numbers", () => {
  test.each([
    [71475.25, 714_752_500],
    [0.0001, 1],
    [99_999_999_999.9999, 999_999_999_999_999],
    ["71475.25", 714_752_500],
    ["+071475", 714_750_000],
    ["7.1475e4", 714_750_000],
    [-0, 0],
    [-5, -50_000],
    [0, 0],
  ])("price %s is exact", (sent, price) => {
    const { tick, report } = decode({ ...V1_0, last_price: sent });
    expect(tick.lastPrice).toBe(price);
    expect(report.warnings).toBe(0);
  });

  test("a fifth decimal is rounded and said so", () => {
    for (const sent of [71475.12346, "71475.12346"]) {
      const { tick, report, outcome } = decode({ ...V1_0, last_price: sent });
      expect(outcome).toBe("ok");
      expect(tick.lastPrice).toBe(714_751_235);
      expect(report.warnings).toBe(LINE_WARNING.priceRounded);
    }
  });

  test.each([
    "1e308",
    "-1e308",
    "1e999",
    '"NaN"',
    '"Infinity"',
    '"0x10"',
    '""',
    '"12,000"',
    "true",
    "[1]",
    "{}",
    "100000000000",
  ])("price %s is refused", (sent) => {
    const { outcome, report } = decodeText(JSON.stringify(V1_0).replace("71475", sent));
    expect(outcome).toBe("malformed");
    expect(report).toMatchObject({ field: "last_price", code: "V-001" });
  });

  test.each([
    ["10.0", 10],
    ["1e1", 10],
    ['"10"', 10],
    ["-0", 0],
    ["-3", -3],
    ["9007199254740991", Number.MAX_SAFE_INTEGER],
  ])("volume %s is a whole number", (sent, volume) => {
    expect(
      decodeText(JSON.stringify({ ...V1_0, volume: 0 }).replace('"volume":0', `"volume":${sent}`)).tick
        .volume,
    ).toBe(volume);
  });

  test.each(["10.5", "1e308", "9007199254740993", '"ten"', "false", '"10 "', "NaN", "007"])(
    "volume %s is refused",
    (sent) => {
      const line = JSON.stringify({ ...V1_0, volume: 0 }).replace('"volume":0', `"volume":${sent}`);
      expect(decodeText(line)).toMatchObject({ outcome: "malformed", report: { code: "V-001" } });
    },
  );

  test("seq, mitigation level and flag keep to their ranges", () => {
    expect(decode({ ...V1_1, seq: 32_768 }).report.field).toBe("seq");
    expect(decode({ ...V1_1, seq: -1 }).report.field).toBe("seq");
    expect(decode({ ...V1_1, mitigation_level: 3 }).report.field).toBe("mitigation_level");
    expect(decode({ ...V1_1, quality_flag: "reject" }).report.field).toBe("quality_flag");
    expect(decode({ ...V1_1, quality_flag: "gap", mitigation_level: "2" }).tick).toMatchObject({
      qualityFlag: "gap",
      mitigationLevel: 2,
    });
  });
});

describe("instants", () => {
  const at = (event_time: unknown) => decode({ ...V1_0, event_time });

  test.each([
    ["2026-01-22T09:31:05Z", utc("2026-01-22T09:31:05Z")],
    ["2026-01-22 09:31:05.1Z", utc("2026-01-22T09:31:05.100Z")],
    ["2026-01-22T18:31:05.120001+09:00", utc("2026-01-22T09:31:05.120Z") + 1],
    ["2026-01-22T18:31:05+0900", utc("2026-01-22T09:31:05Z")],
    ["2026-01-21T23:01:05-10:30", utc("2026-01-22T09:31:05Z")],
    ["2024-02-29T00:00:00Z", utc("2024-02-29T00:00:00Z")],
  ])("%s", (sent, timeUs) => {
    expect(at(sent)).toMatchObject({ outcome: "ok", tick: { eventTimeUs: timeUs }, report: { warnings: 0 } });
  });

  test("without a zone it is Korean time, with a warning", () => {
    expect(at("2026-01-22T09:31:05.120")).toMatchObject({
      tick: { eventTimeUs: utc("2026-01-22T00:31:05.120Z") },
      report: { warnings: LINE_WARNING.zoneAssumed },
    });
  });

  test("nanoseconds are cut, with a warning", () => {
    expect(at("2026-01-22T09:31:05.123456789Z")).toMatchObject({
      tick: { eventTimeUs: utc("2026-01-22T09:31:05.123Z") + 456 },
      report: { warnings: LINE_WARNING.instantCut },
    });
  });

  test.each([
    "2026-02-30T09:00:00Z",
    "2025-02-29T09:00:00Z",
    "2026-13-01T09:00:00Z",
    "2026-00-01T09:00:00Z",
    "2026-01-00T09:00:00Z",
    "2026-01-22T24:00:00Z",
    "2026-01-22T09:60:00Z",
    "2026-01-22T09:31:60Z",
    "2026-01-22T09:31:05.Z",
    "2026-01-22T09:31:05.1234567890Z",
    "2026-01-22T09:31:05+24:00",
    "2026-01-22T09:31:05+09:60",
    "1969-12-31T23:59:59Z",
    "2255-01-01T00:00:00Z",
    "2026-1-22T09:31:05Z",
    "20260122T093105Z",
    " 2026-01-22T09:31:05Z",
    "",
    "yesterday",
    1_769_074_265,
    {},
  ])("%s is not a real instant", (sent) => {
    expect(at(sent)).toMatchObject({ outcome: "malformed", report: { field: "event_time", code: "V-004" } });
  });
});

describe("lines that cannot be used say which field and why", () => {
  const { symbol: _symbol, ...noSymbol } = V1_0;
  const { ts: _ts, event_time: _eventTime, ...noTime } = V1_0;
  const { last_price: _last, ask_price: _ask, ...halfQuote } = V1_0;

  test.each([
    [noSymbol, "symbol", "(missing)"],
    [noTime, "event_time", "(missing)"],
    [halfQuote, "last_price", "(missing)"],
    [{ ...V1_0, symbol: "" }, "symbol", '""'],
    [{ ...V1_0, symbol: 5930 }, "symbol", "5930"],
    [{ ...V1_0, symbol: "0".repeat(21) }, "symbol", `"${"0".repeat(21)}"`],
    [{ ...V1_0, symbol: "00\u00005" }, "symbol", '"00\\u00005"'],
    [{ ...V1_0, symbol: null }, "symbol", "(missing)"],
    [{ ...V1_0, session_id: "x".repeat(51) }, "session_id", `"${"x".repeat(51)}"`],
    [{ ...V1_0, session_id: "a\nb" }, "session_id", '"a\\nb"'],
    [{ ...V1_0, session_id: "\ud800" }, "session_id", '"\\ud800"'],
    [{ ...V1_1, venue: "NINECHARS" }, "venue", '"NINECHARS"'],
    [{ ...V1_0, price: 71475 }, "price", "71475"],
    [{ ...OLDER, price: { current: "x" } }, "price.current", '"x"'],
    [{ ...OLDER, volume: { tick: 1.5 } }, "volume.tick", "1.5"],
    [{ ...V1_0, volume: [1] }, "volume", "an array"],
  ])("%j", (line, field, found) => {
    expect(decode(line)).toMatchObject({ outcome: "malformed", report: { field, code: "V-001", found } });
  });

  test.each([
    ["", 'not JSON: ""'],
    ["null", "not an object: null"],
    ["[1,2]", "not an object: an array"],
    ['"text"', 'not an object: "text"'],
    ["42", "not an object: 42"],
    ['{"ts":', 'not JSON: "{\\"ts\\":"'],
    ["{}{}", 'not JSON: "{}{}"'],
    ["\u0000\u0000", 'not JSON: "\\u0000\\u0000"'],
  ])("%j as a whole", (line, found) => {
    expect(decodeText(line)).toMatchObject({
      outcome: "malformed",
      report: { field: "(line)", code: "V-001", found },
    });
  });

  test("bytes that are not UTF-8", () => {
    const bytes = Buffer.from(
      JSON.stringify(V1_0).replace("track", "tr??k").replaceAll("?", "\u00ff"),
      "latin1",
    );
    expect(decodeBytes(bytes).report).toMatchObject({ field: "(line)", code: "V-001" });
  });

  test("a million brackets", () => {
    const { report } = decodeText(`{"symbol":${"[".repeat(500_000)}${"]".repeat(500_000)}}`);
    expect(report).toMatchObject({ field: "event_time" });
    expect(decodeText("[".repeat(1_000_000)).report.found.length).toBeLessThanOrEqual(80);
  });

  test("a swing bar in the wrong folder, though it has all that a tick needs", () => {
    const { ts, symbol, bid_price, ask_price, volume } = V1_0;
    const quotes = { ts, symbol, bid_price, ask_price, volume };
    const ohlc = { open: 1, high: 2, low: 1, close: 2 };
    expect(decode(quotes).outcome).toBe("ok");
    for (const bar of [
      { ...quotes, price: ohlc },
      { ...quotes, ...ohlc },
      { ...quotes, bar_time: ts },
    ])
      expect(decode(bar).report).toMatchObject({
        field: "(line)",
        code: "V-001",
        found: "a bar, not a tick",
      });
    expect(decode({ ...quotes, price: { ...ohlc, current: 2 } }).outcome).toBe("ok");
  });

  test("a byte order mark before the object is tolerated", () => {
    expect(decodeText(`\ufeff${JSON.stringify(V1_0)}`)).toMatchObject({
      outcome: "ok",
      tick: decode(V1_0).tick,
    });
  });

  test("unknown fields are ignored and counted, nested ones too", () => {
    expect(decode({ ...V1_0, market: "kr", extra: {} }).report.unknownFields).toBe(2);
    expect(decode({ ...OLDER, price: { current: 1, open: 2 } }).report.unknownFields).toBe(1);
  });

  test("of repeated keys the last one counts", () => {
    const line = JSON.stringify(V1_0).replace("{", '{"last_price":1,"symbol":null,');
    expect(decodeText(line)).toMatchObject({ outcome: "ok", fast: false, tick: decode(V1_0).tick });
  });

  test("Korean text survives", () => {
    expect(decode({ ...V1_0, session_id: "오전장" }).tick.sessionId).toBe("오전장");
  });
});

test("texts are kept by their bytes, also when more of them come than are remembered", () => {
  const decoder = new TickDecoder();
  const tick = newTick();
  const report = newLineReport();
  for (let i = 0; i < 20_000; i++) {
    const bytes = Buffer.from(
      JSON.stringify({ ...V1_0, symbol: `S${i}`, session_id: `session ${i % 9000}` }),
    );
    expect(decoder.decode(bytes, 0, bytes.length, tick, report)).toBe("ok");
    expect([tick.symbol, tick.sessionId]).toEqual([`S${i}`, `session ${i % 9000}`]);
  }
  expect(decoder.slowLines).toBe(0);
});

describe("the byte scan is a shortcut to the same answer", () => {
  /** Both ways over one line; the scan must agree or step aside. Returns whether it took the line. */
  function agree(bytes: Buffer, scan: TickScan): boolean {
    const scanned = newTick();
    if (!scan.read(bytes, 0, bytes.length, scanned)) return false;
    const parsed = newTick();
    const report = newLineReport();
    expect(decodeTickByFields(bytes, 0, bytes.length, parsed, report)).toBe("ok");
    expect(scanned).toEqual(parsed);
    expect(report).toEqual(newLineReport());
    return true;
  }

  const instant = fc
    .integer({ min: 0, max: 4_000_000_000_000_000 })
    .map((timeUs) => formatInstant(timeUs as TimeUs));
  const price = fc.oneof(
    fc.integer({ min: 0, max: 999_999_999_999_999 }).map((scaled) => Number((scaled / 10_000).toFixed(4))),
    fc.integer({ min: 1, max: 2_000_000 }),
    fc.constant(null),
  );
  const count = fc.oneof(
    fc.nat(100_000),
    fc.integer({ min: 0, max: 999_999_999_999_999 }),
    fc.constant(null),
  );
  const text = fc.oneof(
    { weight: 19, arbitrary: fc.constantFrom("KRX", "NXT", "1.0", "1.1", "") },
    { weight: 1, arbitrary: fc.string({ maxLength: 9, unit: "binary" }) },
  );
  const tickFields = fc.record(
    {
      ts: instant,
      event_time: instant,
      receive_time: instant,
      symbol: fc.stringMatching(/^[0-9A-Z]{6}$/),
      bid_price: price,
      ask_price: price,
      last_price: price,
      bid_size: count,
      ask_size: count,
      volume: count,
      acml_volume: count,
      acml_value: count,
      seq: fc.nat(33_000),
      venue: text,
      session_id: text,
      schema_version: text,
      mitigation_level: fc.nat(2),
      quality_flag: fc.constantFrom("normal", "degraded", "gap", null),
    },
    { requiredKeys: ["event_time", "symbol", "last_price", "bid_price", "ask_price"] },
  );
  const line = fc
    .tuple(tickFields, fc.boolean(), fc.infiniteStream(fc.nat(1000)))
    .map(([fields, spaced, order]) => {
      const shuffled = Object.entries(fields)
        .map((entry) => ({ entry, rank: order.next().value }))
        .sort((a, b) => a.rank - b.rank)
        .map(({ entry: [key, value] }) => `"${key}"${spaced ? ": " : ":"}${JSON.stringify(value)}`);
      return Buffer.from(`{${shuffled.join(spaced ? ", " : ",")}}`);
    });

  test("over generated lines, half of which and more it takes", () => {
    const scan = new TickScan();
    let taken = 0;
    let lines = 0;
    fc.assert(
      fc.property(line, (bytes) => {
        lines++;
        if (agree(bytes, scan)) taken++;
      }),
      { numRuns: 2000 },
    );
    expect(taken).toBeGreaterThan(lines / 2);
  });

  test("over lines with bytes replaced, removed, doubled and inserted", () => {
    const scan = new TickScan();
    let taken = 0;
    let lines = 0;
    const telling = [...'0123456789 0123456789{}[]:," \\\t.-+eEnulTZ\u0000']
      .map((char) => char.charCodeAt(0))
      .concat(0xff, 0xc3, 0x7f);
    const edit = fc.tuple(
      fc.nat(500),
      fc.constantFrom("replace", "remove", "insert", "repeat"),
      fc.constantFrom(...telling),
    );
    fc.assert(
      fc.property(line, fc.array(edit, { minLength: 1, maxLength: 2 }), (bytes, edits) => {
        let edited = [...bytes];
        for (const [place, kind, byte] of edits) {
          const at = place % edited.length;
          if (kind === "repeat") edited = [...edited.slice(0, at), ...edited.slice(Math.max(0, at - 20))];
          else edited.splice(at, kind === "insert" ? 0 : 1, ...(kind === "remove" ? [] : [byte]));
        }
        lines++;
        if (agree(Buffer.from(edited), scan)) taken++;
      }),
      { numRuns: 5000 },
    );
    // Many an edit changes a digit or a letter of a text, and the line stays plain.
    expect(taken).toBeGreaterThan(lines / 50);
  });
});

test("random bytes are malformed, never an exception", () => {
  const decoder = new TickDecoder();
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), fc.boolean(), (noise, braced) => {
      const bytes = braced ? Buffer.from([0x7b, ...noise, 0x7d]) : Buffer.from(noise);
      const report = newLineReport();
      expect(decoder.decode(bytes, 0, bytes.length, newTick(), report)).toBe("malformed");
      expect(report.field).not.toBe("");
      expect(report.found.length).toBeLessThanOrEqual(80);
    }),
    { numRuns: 3000 },
  );
});

test("any JSON at all is malformed or a tick, never an exception", () => {
  const decoder = new TickDecoder();
  const names = fc.constantFrom(...Object.keys({ ...V1_1, ...OLDER }));
  fc.assert(
    fc.property(fc.dictionary(names, fc.jsonValue({ maxDepth: 3 })), (fields) => {
      const bytes = Buffer.from(JSON.stringify({ ...V1_0, ...fields }));
      const report = newLineReport();
      const outcome = decoder.decode(bytes, 0, bytes.length, newTick(), report);
      expect(outcome).toBe(report.field === "" ? "ok" : "malformed");
    }),
    { numRuns: 1000 },
  );
});
