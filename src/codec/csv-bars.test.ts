import { createReadStream } from "node:fs";
import { join } from "node:path";
import { createGunzip } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { whyNoRecordedData } from "../../test/recorded-data.ts";
import { ABSENT, formatKst, kstMidnightUs, type TimeUs, tradeDate } from "../record/index.ts";
import type { CsvBarOptions } from "./csv-bar-decoder.ts";
import { type CsvBarBatch, decodeCsvBars } from "./csv-bars.ts";
import { CSV_PRESETS, type CsvColumnMap } from "./csv-column-map.ts";
import { LINE_WARNING } from "./line-report.ts";

async function read(source: AsyncIterable<Buffer>, map: CsvColumnMap, options?: CsvBarOptions) {
  const all: CsvBarBatch = { bars: [], rejects: [], paddedRows: 0, ignoredColumns: [] };
  for await (const batch of decodeCsvBars(source, map, options)) {
    all.bars.push(...batch.bars);
    all.rejects.push(...batch.rejects);
    all.paddedRows += batch.paddedRows;
    all.ignoredColumns = batch.ignoredColumns;
  }
  return all;
}

async function* chunksOf(...chunks: (string | Uint8Array)[]): AsyncGenerator<Buffer> {
  for (const chunk of chunks) yield Buffer.from(chunk);
}
const readText = (text: string, map: CsvColumnMap, options?: CsvBarOptions) =>
  read(chunksOf(text), map, options);
const kis = CSV_PRESETS["kis-1m"];
const KIS_HEADER = "date,code,time,open,high,low,close,volume,amount\n";
const CREON_HEADER = "date,code,time,open,high,low,close,volume\n";

describe("presets", () => {
  test("kis-1m: stamped with the start, the day's amount differenced", async () => {
    const { bars, rejects } = await readText(
      `${KIS_HEADER}20251103,000150,090000,952000,959000,946000,948000,1385,1320000000
20251103,000150,090100,948000,948000,938000,939000,594,1880000000
20251103,000155,090000,100,100,100,100,10,1000
20251104,000150,090000,939000,952000,938000,952000,301,285000000\n`,
      kis,
    );
    expect(rejects).toEqual([]);
    expect(bars[0]).toEqual({
      bar: {
        symbol: "000150",
        barTimeUs: Date.parse("2025-11-03T00:00:00Z") * 1000,
        collectedAtUs: ABSENT,
        open: 9_520_000_000,
        high: 9_590_000_000,
        low: 9_460_000_000,
        close: 9_480_000_000,
        volume: 1385,
        value: 1_320_000_000 * 10_000,
        bidPrice: ABSENT,
        askPrice: ABSENT,
        venue: "",
        sessionId: "",
        schemaVersion: "",
        mitigationLevel: 0,
        qualityFlag: "normal",
      },
      lineNumber: 2,
      warnings: 0,
    });
    expect(bars.map(({ bar }) => bar.value / 10_000)).toEqual([
      1_320_000_000, 560_000_000, 1000, 285_000_000,
    ]);
  });

  test("kis-1m: a first amount that one bar cannot hold, a falling one and a lost row leave the value absent", async () => {
    const { bars, rejects } = await readText(
      `${KIS_HEADER}20251103,A,090000,10,10,10,10,100,1001
20251103,A,090100,10,10,10,10,100,2000
20251103,A,090200,10,10,10,10,100,1500
20251103,A,090300,10,10,10,10,100,x
20251103,A,090400,10,10,10,10,100,3500
20251103,A,090500,10,10,10,10,100,4500
20251103,A,090600
20251103,A,090700,10,10,10,10,100,6500\n`,
      kis,
    );
    expect(bars.map(({ bar }) => bar.value / 10_000)).toEqual([NaN, 999, NaN, NaN, 1000, NaN]);
    expect(bars.map(({ warnings }) => warnings === LINE_WARNING.cumulativeUnusable)).toEqual(
      bars.map(({ bar }) => Number.isNaN(bar.value)),
    );
    expect(rejects.map(({ lineNumber, field }) => [lineNumber, field])).toEqual([
      [5, "amount"],
      [8, "(line)"],
    ]);
  });

  test("creon-1m: stamped with the end, the closing auction keeps its minute, filled minutes are dropped", async () => {
    const { bars, paddedRows } = await readText(
      `${CREON_HEADER}20190920,000050,90100,9980,9980,9980,9980,3
20190920,000050,090200,9980,9980,9980,9980,0
20190920,000050,152000,9980,9990,9980,9990,7
20190920,000050,1530,9990,9990,9990,9990,20\n`,
      CSV_PRESETS["creon-1m"],
    );
    expect(bars.map(({ bar }) => formatKst(bar.barTimeUs).slice(11, 16))).toEqual([
      "09:00",
      "15:19",
      "15:30",
    ]);
    expect(paddedRows).toBe(1);
  });

  test("creon-1m on a day of other hours: the calendar says when the auction was", async () => {
    const text = `${CREON_HEADER}20251113,000050,153000,1,1,1,1,3\n20251113,000050,163000,1,1,1,1,3\n`;
    const closesAt = Date.parse("2025-11-13T16:30:00+09:00") * 1000;
    const { bars } = await readText(text, CSV_PRESETS["creon-1m"], {
      isClosingPrint: (stampUs: TimeUs) => stampUs === closesAt,
    });
    expect(bars.map(({ bar }) => formatKst(bar.barTimeUs).slice(11, 16))).toEqual(["15:29", "16:30"]);
  });

  test("kis-daily: a day starts at midnight, its amount is its own", async () => {
    const { bars } = await readText(
      "date,code,open,high,low,close,volume,amount\n20250721,000050,7890,7980,7740,7870,71943,564601210\n",
      CSV_PRESETS["kis-daily"],
    );
    expect(bars[0]?.bar).toMatchObject({
      barTimeUs: kstMidnightUs(tradeDate("2025-07-21")),
      value: 564_601_210 * 10_000,
    });
  });

  test("yahoo-5m: a bar of volume 0 that moved is data", async () => {
    const { bars } = await readText(
      `${CREON_HEADER}20251016,006400,090000,222000.0,224500.0,221000.0,224000.0,0\n`,
      CSV_PRESETS["yahoo-5m"],
    );
    expect(bars[0]?.bar).toMatchObject({ open: 2_220_000_000, volume: 0 });
  });
});

describe("texts", () => {
  const map: CsvColumnMap = {
    name: "mine",
    symbol: "Ticker",
    timestamp: "Datetime",
    open: "Open",
    high: "High",
    low: "Low",
    close: "Close",
    volume: "Volume",
    bid: "Bid",
    ask: "Ask",
    stamp: "start",
    barMinutes: 10,
    padded: "keep",
  };
  const header = "\ufeffDatetime,Ticker, open ,HIGH,Low,Close,Volume,Bid,Ask,Extra\r\n";

  test("byte order mark, CRLF, quotes, thousands, spaces, other columns, missing optional numbers", async () => {
    const { bars, rejects, ignoredColumns } = await readText(
      `${header}2026-01-22 09:30:00,"005930", 71450.5 ,"71,500",71400,71450.25,"1,234,567",,71500,x\r\n\r\n`,
      map,
    );
    expect(rejects).toEqual([]);
    expect(ignoredColumns).toEqual(["Extra"]);
    expect(bars[0]?.bar).toMatchObject({
      symbol: "005930",
      barTimeUs: Date.parse("2026-01-22T00:30:00Z") * 1000,
      open: 714_505_000,
      high: 715_000_000,
      close: 714_502_500,
      volume: 1_234_567,
      bidPrice: ABSENT,
      askPrice: 715_000_000,
    });
    expect(bars[0]?.warnings).toBe(0);
  });

  test("decimal comma, semicolons, a zone with daylight saving, end stamps", async () => {
    const german: CsvColumnMap = {
      ...map,
      delimiter: ";",
      decimal: ",",
      zone: "Europe/Berlin",
      stamp: "end",
    };
    const row = (stamp: string, open: string) => `${stamp};SAP;${open};1.234,6;1.234;1.234,5;1.000;;;\n`;
    const { bars, rejects } = await readText(
      header.replaceAll(",", ";") +
        row("2026-01-22 09:10:00", "1.234,5") +
        row("2026-07-22 09:10:00", "1234,5") +
        row("2026-07-22 09:10:00+00:00", "1.234,5") +
        row("2026-03-29 02:30:00", "1.234,5") +
        row("2026-01-22 09:10:00", "12.5"),
      german,
    );
    expect(bars.map(({ bar }) => new Date(bar.barTimeUs / 1000).toISOString())).toEqual([
      "2026-01-22T08:00:00.000Z",
      "2026-07-22T07:00:00.000Z",
      "2026-07-22T09:00:00.000Z",
    ]);
    expect(bars.map(({ bar }) => [bar.open, bar.volume])).toEqual(bars.map(() => [12_345_000, 1000]));
    expect(rejects).toEqual([
      { lineNumber: 5, field: "Datetime", code: "V-004", found: '"2026-03-29 02:30:00"' },
      { lineNumber: 6, field: "Open", code: "V-001", found: '"12.5"' },
    ]);
  });
});

describe("bad rows are reported, the others are read", () => {
  const good = "20251103,000150,090000,10,12,9,11,5\n";
  const plain: CsvColumnMap = { ...CSV_PRESETS["creon-1m"], stamp: "start" };

  test.each([
    ["20260230,000150,090000,10,12,9,11,5", "date", "V-004", '"20260230"'],
    [",000150,090000,10,12,9,11,5", "date", "V-001", "(missing)"],
    ["20251103,000150,240000,10,12,9,11,5", "time", "V-004", '"240000"'],
    ["20251103,000150,nine,10,12,9,11,5", "time", "V-004", '"nine"'],
    ["20251103,000150,,10,12,9,11,5", "time", "V-001", "(missing)"],
    ["20251103,000150,090030,10,12,9,11,5", "time", "V-004", 'not on a whole minute: "090030"'],
    ["20251103,,090000,10,12,9,11,5", "code", "V-001", "(missing)"],
    ["20251103,0 1,090000,10,12,9,11,5", "code", "V-001", '"0 1"'],
    ["20251103,000150,090000,,12,9,11,5", "open", "V-001", "(missing)"],
    ["20251103,000150,090000,10,1e308,9,11,5", "high", "V-001", '"1e308"'],
    ["20251103,000150,090000,10,12,NaN,11,5", "low", "V-001", '"NaN"'],
    ["20251103,000150,090000,10,12,9,null,5", "close", "V-001", '"null"'],
    ["20251103,000150,090000,10,12,9,11,5.5", "volume", "V-001", '"5.5"'],
    ['20251103,000150,090000,10,12,9,11,"1,2"', "volume", "V-001", '"1,2"'],
    ["20251103,000150,090000,10,12,9,11", "(line)", "V-001", "8 fields expected, 7 found"],
    ["20251103,000150,090000,10,12,9,11,5,6", "(line)", "V-001", "8 fields expected, 9 found"],
    [
      '"20251103,000150,090000,10,12,9,11,5',
      "(line)",
      "V-001",
      'quotes that do not match: "\\"20251103,000150,090000,10,12,9,11,5"',
    ],
    [
      '20251103,"000150"x,090000,10,12,9,11,5',
      "(line)",
      "V-001",
      'quotes that do not match: "20251103,\\"000150\\"x,090000,10,12,9,11,5"',
    ],
    [" ", "(line)", "V-001", "8 fields expected, 1 found"],
  ])("%s", async (row, field, code, found) => {
    const { bars, rejects } = await readText(`${CREON_HEADER}${good}${row}\n${good}`, plain);
    expect(bars.map(({ lineNumber }) => lineNumber)).toEqual([2, 4]);
    expect(rejects).toEqual([{ lineNumber: 3, field, code, found }]);
  });

  test("bytes that are not UTF-8 and a line without end", async () => {
    const { bars, rejects } = await read(
      chunksOf(
        CREON_HEADER,
        good,
        Buffer.from([0xc3, 0x28, 0x0a]),
        ...Array(40).fill("x".repeat(5000)),
        "\n",
        good,
      ),
      plain,
    );
    expect(bars.map(({ lineNumber }) => lineNumber)).toEqual([2, 5]);
    expect(rejects.map(({ lineNumber, found }) => [lineNumber, found])).toEqual([
      [3, "bytes that are not UTF-8"],
      [4, "a line of 200000 bytes"],
    ]);
  });

  test("whatever the bytes, every line is accounted for", async () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 300 }),
      fc
        .array(fc.constantFrom(good, '"', ",", "\n", "0", "x"), { maxLength: 30 })
        .map((parts) => Buffer.from(parts.join(""))),
    );
    await fc.assert(
      fc.asyncProperty(bytes, fc.nat(300), async (noise, cut) => {
        const { bars, rejects, paddedRows } = await read(
          chunksOf(CREON_HEADER, noise.subarray(0, cut), noise.subarray(cut), "\n"),
          plain,
        );
        const rows = Buffer.from(noise)
          .toString("latin1")
          .split("\n")
          .filter((line) => line.replace(/\r$/, "") !== "");
        expect(bars.length + rejects.length + paddedRows).toBe(rows.length);
      }),
      { numRuns: 500 },
    );
  });
});

describe("files and maps that do not fit each other", () => {
  test.each([
    [
      "a missing column",
      KIS_HEADER.replace(",amount", ""),
      kis,
      'no column "amount"; found: date, code, time, open',
    ],
    ["a column twice", `${KIS_HEADER.trim()},close\n`, kis, 'column "close" twice'],
    ["no header", "20251103,000150,090000,1,1,1,1,5,5\n", kis, 'no header for the column map "kis-1m"'],
    ["nothing", "", kis, "the CSV is empty"],
  ])("%s", async (_name, text, map, message) => {
    await expect(readText(text, map)).rejects.toMatchObject({
      code: "OBS_CSV_COLUMNS",
      message: expect.stringContaining(message),
    });
  });

  test("a header in another encoding", async () => {
    await expect(read(chunksOf(Buffer.from([0xc0, 0xcf, 0x0a])), kis)).rejects.toMatchObject({
      code: "OBS_CSV_COLUMNS",
      mend: expect.stringContaining("UTF-8"),
    });
  });

  test.each([
    [{ zone: "Mars/Olympus" }, 'no time zone is called "Mars/Olympus"'],
    [{ zone: "+25:00" }, "no time zone"],
    [{ delimiter: "" }, "the delimiter is not one character"],
    [{ decimal: "," as const }, "the decimal mark is also the delimiter"],
    [{ value: "amount" }, "both value and cumulativeValue are named"],
  ])("map with %j", async (change, message) => {
    await expect(readText(KIS_HEADER, { ...kis, ...change })).rejects.toMatchObject({
      code: "OBS_CSV_MAP",
      message: expect.stringContaining(message),
    });
  });

  test("a map that does not say when", async () => {
    const { date: _date, ...timeless } = kis;
    await expect(readText(KIS_HEADER, timeless)).rejects.toMatchObject({ code: "OBS_CSV_MAP" });
  });
});

describe("recorded files", () => {
  const root = process.env.OBSERVER_RECORDED_DATA ?? join(import.meta.dirname, "../../../shared/data");

  for (const [dataSet, name, preset, rows] of [
    ["krx_minute_kis_2025", "bars_1m_202511.csv.gz", "kis-1m", 41_713],
    ["krx_full_market_1m_20190920", "bars_1m_20190920.csv.gz", "creon-1m", 153_373],
    ["krx_daily_kis_2025", "daily.csv.gz", "kis-daily", 15_620],
    ["krx_5m_yahoo", "bars_5m.csv.gz", "yahoo-5m", 1008],
  ] as const) {
    const missing = whyNoRecordedData(dataSet);
    test.skipIf(missing !== "")(`${dataSet} by ${preset}${missing}`, async () => {
      const source = createReadStream(join(root, dataSet, name)).pipe(createGunzip());
      const { bars, rejects, paddedRows } = await read(source, CSV_PRESETS[preset]);
      expect(rejects).toEqual([]);
      expect(bars.length + paddedRows).toBe(rows);
      expect(new Set(bars.map(({ bar }) => `${bar.symbol} ${bar.barTimeUs}`)).size).toBe(bars.length);
    });
  }
});
