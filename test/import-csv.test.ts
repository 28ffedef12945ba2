import { appendFile, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { importBars, presetMap } from "../src/app/index.ts";
import { CSV_PRESETS, type CsvColumnMap } from "../src/codec/index.ts";
import { type FileOutcome, importCsvBars } from "../src/ingest/index.ts";
import { kstMidnightUs, tradeDate } from "../src/record/index.ts";
import { openStore, type Store } from "../src/store/index.ts";
import { type JsonlRoot, newJsonlRoot, tickLine } from "./jsonl-root.ts";
import { freshDatabase, type TestDatabase } from "./postgres.ts";

let db: TestDatabase;
let store: Store;
let root: JsonlRoot;

beforeAll(async () => {
  db = await freshDatabase();
  store = await openStore(db.urls);
});
afterAll(async () => {
  await store.close();
  await db.drop();
});
beforeEach(async () => {
  root = await newJsonlRoot();
  await db.query(
    `TRUNCATE scalp_ticks, scalp_1m_bars, swing_bars_10m, eod_prices, scalp_gaps, ingest_files, ingest_rejects
     RESTART IDENTITY`,
  );
});
afterEach(() => root.remove());

const HEADER = "date,code,time,open,high,low,close,volume";
const { cumulativeValue: _, ...minuteMap } = { ...CSV_PRESETS["kis-1m"], name: "minutes" };
const minutes: CsvColumnMap = minuteMap;
const tens: CsvColumnMap = { ...minuteMap, barMinutes: 10, value: "amount" };
const fives: CsvColumnMap = CSV_PRESETS["yahoo-5m"];

/** Loads only; what depends on the rows is not built. */
async function load(map: CsvColumnMap, options: { blockBytes?: number } = {}): Promise<FileOutcome[]> {
  const report = await importCsvBars({
    store,
    path: root.path,
    map,
    workers: 2,
    market: "krx",
    instruments: new Map(),
    nowUs: kstMidnightUs(tradeDate("2026-02-01")),
    ...options,
  });
  return report.files.map(({ outcome }) => outcome);
}

/** Loads, and builds 10-minute bars and gaps. */
async function importAll(map: CsvColumnMap): Promise<FileOutcome[]> {
  const vault = { store, kind: "yours" as const, close: () => store.close() };
  const { loaded } = await importBars(vault, { workers: 1, market: "krx" }, { path: root.path, map });
  return loaded.files.map(({ outcome }) => outcome);
}

const clock = (minute: number) =>
  `${String(Math.floor(minute / 60)).padStart(2, "0")}${String(minute % 60).padStart(2, "0")}00`;

/** Rows of 005930, one a minute from `fromClock` (minutes after midnight), the price rising by 100 won. */
const minuteRows = (date: string, fromClock: number, count: number, volume = 10) =>
  Array.from({ length: count }, (_, i) => {
    const price = 70_000 + i * 100;
    return `${date},005930,${clock(fromClock + i)},${price},${price + 100},${price - 100},${price},${volume + i}`;
  });

const swingBars = () =>
  db.query(
    `SELECT to_char(bar_time AT TIME ZONE 'Asia/Seoul', 'HH24:MI') AS time, open::int, high::int, low::int, close::int,
       volume::int, value::float8, quality_flag AS flag, source
     FROM swing_bars_10m ORDER BY symbol, bar_time`,
  );
const rejects = () =>
  db.query<{ line: number; code: string; field: string; reason: string; raw: string }>(
    `SELECT line::int, code, field, reason, encode(raw, 'escape') AS raw FROM ingest_rejects ORDER BY file_id, line`,
  );

describe("one-minute bars", () => {
  test("go straight into the table, as no tick of ours confirms them", async () => {
    await root.write("a.csv.gz", [
      `${HEADER},amount`,
      "20260122,005930,090000,71000,71500,70900,71400,100,7120000",
      "20260122,005930,090100,71400,71400,71300,71300,50,10690000",
      "20260122,005930,090200,71300,71300,71300,71300,0,10690000",
    ]);
    expect(await load(presetMap("kis-1m"))).toMatchObject([
      { kind: "loaded", lines: 4, rows: 2, warnings: { header: 1, paddedRow: 1 }, directChunks: 1 },
    ]);
    const rows = await db.query(
      `SELECT symbol, bar_time, open::float8, high::float8, low::float8, close::float8, volume::int, value::float8,
         vwap::float8, tick_count, coverage_ratio, quality_flag, quality_grade, source, session_id, ingest_file_id
       FROM scalp_1m_bars ORDER BY bar_time`,
    );
    expect(rows).toEqual([
      {
        ...{ symbol: "005930", bar_time: new Date("2026-01-22T00:00:00Z"), ingest_file_id: 1 },
        ...{
          open: 71_000,
          high: 71_500,
          low: 70_900,
          close: 71_400,
          volume: 100,
          value: 7_120_000,
          vwap: 71_200,
        },
        ...{ tick_count: null, coverage_ratio: null, quality_flag: "normal", quality_grade: null },
        ...{ source: "import", session_id: "import" },
      },
      expect.objectContaining({ volume: 50, value: 3_570_000, vwap: 71_400 }),
    ]);
  });

  test("the later loaded holds: changed minutes are updated, equal ones duplicates, a value without a newer one stays", async () => {
    const priced = `${HEADER},amount`;
    await root.write("1.csv", [
      priced,
      "20260122,005930,090000,71000,71500,70900,71400,100,7120000",
      "20260122,005930,090100,71400,71400,71300,71300,50,10690000",
    ]);
    await load(presetMap("kis-1m"));
    await root.write("2.csv", [
      HEADER,
      ...["090000", "090100", "090200"].map((time) => `20260122,005930,${time},71000,71500,70900,71400,100`),
    ]);
    const [, second] = await load(minutes);
    expect(second).toMatchObject({ rows: 1, updated: 1, duplicates: 1, stagedChunks: 1 });
    const rows = await db.query("SELECT volume::int, value::float8 FROM scalp_1m_bars ORDER BY bar_time");
    expect(rows).toEqual([
      { volume: 100, value: 7_120_000 },
      { volume: 100, value: null },
      { volume: 100, value: null },
    ]);
  });

  test("files load in the order of their paths, however large", async () => {
    await root.write("b.csv", [HEADER, "20260122,005930,090000,2000,2000,2000,2000,2"]);
    await root.write("a.csv", [HEADER, ...minuteRows("20260122", 540, 300)]);
    await root.write("c/c.csv", [HEADER, "20260122,005930,090000,3000,3000,3000,3000,3"]);
    expect(await load(minutes)).toMatchObject([{ rows: 300 }, { updated: 1 }, { updated: 1 }]);
    expect(await db.query("SELECT close::int FROM scalp_1m_bars ORDER BY bar_time LIMIT 1")).toEqual([
      { close: 3000 },
    ]);
  });

  test("a bar from ticks stays where they cover 0.7 of the minute, and yields where they do not", async () => {
    await db.query(
      `INSERT INTO scalp_1m_bars (symbol, bar_time, open, high, low, close, volume, bid_price_avg, tick_count, coverage_ratio,
         session_id, source)
       SELECT '005930', t, 1, 1, 1, 1, 1, 5, 10, coverage, 's', 'ticks'
       FROM (VALUES ('2026-01-22 09:00+09'::timestamptz, 0.7), ('2026-01-22 09:01+09', 0.69)) AS bar (t, coverage)`,
    );
    await root.write("a.csv", [HEADER, ...minuteRows("20260122", 540, 3)]);
    expect(await load(minutes)).toMatchObject([{ rows: 1, updated: 1, duplicates: 1 }]);
    const rows = await db.query(
      "SELECT close::int, tick_count, bid_price_avg::int AS bid, source FROM scalp_1m_bars ORDER BY bar_time",
    );
    expect(rows).toEqual([
      { close: 1, tick_count: 10, bid: 5, source: "ticks" },
      { close: 70_100, tick_count: null, bid: 5, source: "import" },
      { close: 70_200, tick_count: null, bid: null, source: "import" },
    ]);
  });
});

describe("ten-minute bars from minutes", () => {
  test("an exam day has 39, from 10:00, the print at 16:30 in the last; a late opening 33", async () => {
    const exam = [...minuteRows("20251113", 600, 380), "20251113,005930,163000,50000,50000,50000,50000,999"];
    const late = [...minuteRows("20260102", 600, 320), "20260102,005930,153000,60000,60000,60000,60000,888"];
    await root.write("a.csv", [HEADER, ...exam, ...late]);
    await importAll(minutes);
    const bars = await swingBars();
    expect(bars).toHaveLength(39 + 33);
    const ofDay = await db.query<{
      date: string;
      bars: number;
      first: string;
      last: string;
      close: number;
      volume: number;
    }>(
      `SELECT (bar_time AT TIME ZONE 'Asia/Seoul')::date::text AS date, count(*)::int AS bars,
         to_char(min(bar_time) AT TIME ZONE 'Asia/Seoul', 'HH24:MI') AS first,
         to_char(max(bar_time) AT TIME ZONE 'Asia/Seoul', 'HH24:MI') AS last,
         (array_agg(close ORDER BY bar_time DESC))[1]::int AS close, sum(volume)::int AS volume
       FROM swing_bars_10m WHERE source = '1m' GROUP BY 1 ORDER BY 1`,
    );
    const sum = (count: number) => (count * (count - 1)) / 2 + 10 * count;
    expect(ofDay).toEqual([
      { date: "2025-11-13", bars: 39, first: "10:00", last: "16:20", close: 50_000, volume: sum(380) + 999 },
      { date: "2026-01-02", bars: 33, first: "10:00", last: "15:20", close: 60_000, volume: sum(320) + 888 },
    ]);
  });

  test("a re-fetch rebuilds them", async () => {
    await root.write("1.csv", [HEADER, ...minuteRows("20260122", 540, 10)]);
    await importAll(minutes);
    await root.write("2.csv", [HEADER, ...minuteRows("20260122", 540, 10, 100)]);
    await importAll(minutes);
    expect(await swingBars()).toMatchObject([
      { time: "09:00", open: 70_000, close: 70_900, volume: 1045, source: "1m" },
    ]);
  });
});

describe("bars of other lengths", () => {
  test("ten-minute bars go to their table, an end stamp turned to a start", async () => {
    await root.write("a.csv", [
      `${HEADER},amount`,
      "20260122,005930,091000,71000,71500,70900,71400,100,7120000",
      "20260122,005930,153000,71000,71500,70900,71400,100,7120000",
    ]);
    expect(await load({ ...tens, stamp: "end" })).toMatchObject([{ rows: 2 }]);
    expect(await swingBars()).toMatchObject([
      { time: "09:00", value: 7_120_000, flag: "normal", source: "import" },
      { time: "15:20", value: 7_120_000, flag: "normal", source: "import" },
    ]);
  });

  test("a value of trillions of won arrives as it is", async () => {
    const values = ["900000000000.25", "1000000000000", "12345678901234", "9000000000000000"];
    const rows = values.map((value, i) => `20260122,005930,09${i}000,71000,71500,70900,71400,100,${value}`);
    await root.write("a.csv", [`${HEADER},amount`, ...rows]);
    await load(tens);
    const stored = await db.query<{ value: string }>(
      "SELECT value::text FROM swing_bars_10m ORDER BY bar_time",
    );
    expect(stored.map(({ value }) => value)).toEqual([
      "900000000000.2500",
      "1000000000000.0000",
      "12345678901234.0000",
      "9000000000000000.0000",
    ]);
  });

  test("five-minute bars are joined; what misses a half is degraded", async () => {
    const row = (time: string, prices: string, volume: number, date = "20260122") =>
      `${date},005930,${time},${prices},${volume}`;
    await root.write("a.csv", [
      HEADER,
      row("090000", "100,120,90,110", 5),
      row("090500", "110,140,100,130", 7),
      row("091500", "130,135,125,126", 3),
      row("092500", "126,127,121,122", 2),
      row("092000", "125,130,124,126", 4),
      row("152500", "122,123,122,123", 9),
      row("090000", "123,124,123,124", 1, "20260123"),
    ]);
    expect(await load(fives)).toMatchObject([{ lines: 8, rows: 5, warnings: { header: 1, joinedHalf: 3 } }]);
    expect(await swingBars()).toMatchObject([
      { time: "09:00", open: 100, high: 140, low: 90, close: 130, volume: 12, flag: "normal" },
      { time: "09:10", open: 130, high: 135, low: 125, close: 126, volume: 3, flag: "degraded" },
      { time: "09:20", open: 125, high: 130, low: 121, close: 122, volume: 6, flag: "normal" },
      // 15:20 to 15:25 is the closing auction's call, in which nothing trades.
      { time: "15:20", open: 122, close: 123, volume: 9, flag: "normal" },
      { time: "09:00", volume: 1, flag: "degraded" },
    ]);
    const [ledger] = await db.query("SELECT first_event_time, last_event_time FROM ingest_files");
    expect(ledger).toEqual({
      first_event_time: new Date("2026-01-22T00:00:00Z"),
      last_event_time: new Date("2026-01-23T00:00:00Z"),
    });
  });

  test("a five-minute file that ended inside a bar and grew makes it whole", async () => {
    const path = await root.write("a.csv", [HEADER, "20260122,005930,090000,100,120,90,110,5"]);
    await load(fives);
    expect(await swingBars()).toMatchObject([{ volume: 5, flag: "degraded" }]);
    await appendFile(path, "20260122,005930,090500,110,140,100,130,7\n");
    expect(await load(fives)).toMatchObject([{ lines: 3, rows: 0, updated: 1 }]);
    expect(await swingBars()).toMatchObject([
      { open: 100, high: 140, close: 130, volume: 12, flag: "normal" },
    ]);
  });
});

describe("daily prices", () => {
  const daily = CSV_PRESETS["kis-daily"];
  const header = "date,code,open,high,low,close,volume,amount";
  const day = (date: string, close: number, symbol = "005930") =>
    `${date},${symbol},${close},${close},${close},${close},5,500`;
  const closes = () =>
    db.query(
      `SELECT symbol, trade_date::text AS date, close::int, prev_close::int AS before, volume::int
       FROM eod_prices ORDER BY symbol, trade_date`,
    );
  const expected = [
    { symbol: "000660", date: "2026-01-20", close: 7, before: null, volume: 5 },
    { symbol: "000660", date: "2026-01-23", close: 8, before: 7, volume: 5 },
    { symbol: "005930", date: "2026-01-20", close: 100, before: null, volume: 5 },
    { symbol: "005930", date: "2026-01-21", close: 101, before: 100, volume: 5 },
    { symbol: "005930", date: "2026-01-22", close: 102, before: 101, volume: 5 },
    { symbol: "005930", date: "2026-01-23", close: 103, before: 102, volume: 5 },
  ];
  const rows = [
    day("20260120", 7, "000660"),
    day("20260123", 8, "000660"),
    day("20260120", 100),
    day("20260121", 101),
    day("20260122", 102),
    day("20260123", 103),
  ];

  test.each([
    ["in one file", [rows]],
    ["newest first", [[...rows].reverse()]],
    ["a file a row, each before the last one", rows.map((row) => [row]).reverse()],
    ["odd rows, then even ones", [rows.filter((_, i) => i % 2 === 1), rows.filter((_, i) => i % 2 === 0)]],
  ])("the close before is the row before, loaded %s", async (_how, files) => {
    for (const [index, file] of files.entries()) await root.write(`${index}.csv`, [header, ...file]);
    await load(daily);
    expect(await closes()).toEqual(expected);
  });

  test("a corrected close goes on to the next day; a venue's own base price stays", async () => {
    await root.write("1.csv", [header, ...rows]);
    await load(daily);
    await db.query(
      "UPDATE eod_prices SET ingest_file_id = NULL, prev_close = 99 WHERE symbol = '005930' AND trade_date = '2026-01-21'",
    );
    await root.write("2.csv", [header, day("20260120", 90), day("20260122", 110)]);
    expect((await load(daily)).at(-1)).toMatchObject({ updated: 2 });
    expect((await closes()).slice(2)).toMatchObject([
      { close: 90, before: null },
      { close: 101, before: 99 },
      { close: 110, before: 101 },
      { close: 103, before: 110 },
    ]);
  });
});

describe("what is known already", () => {
  test("a loaded file is left alone, its content under another name too", async () => {
    await root.write("a.csv", [HEADER, ...minuteRows("20260122", 540, 50)]);
    await load(minutes);
    await root.write("b.csv.gz", [HEADER, ...minuteRows("20260122", 540, 50)]);
    expect((await load(minutes)).map(({ kind }) => kind)).toEqual(["unchanged", "known"]);
  });

  test("a file read by another map is reported and left as it was read", async () => {
    await root.write("a.csv", [HEADER, ...minuteRows("20260122", 540, 5)]);
    await load(minutes);
    expect(await load({ ...minutes, stamp: "end" })).toMatchObject([
      { kind: "changed", detail: expect.stringContaining("another column map") },
    ]);
    expect(await load({ ...minutes, name: "the same by another name" })).toEqual([{ kind: "unchanged" }]);
    expect(await db.query("SELECT count(*)::int AS n FROM scalp_1m_bars")).toEqual([{ n: 5 }]);
  });

  test("a file that no row came of may be read by another map", async () => {
    await root.write("a.csv", ["nothing,of,use"]);
    expect(await load(presetMap("kis-daily"))).toMatchObject([{ kind: "failed", code: "OBS_CSV_COLUMNS" }]);
    await root.write("a.csv", [HEADER, ...minuteRows("20260122", 540, 5)]);
    expect(await load(minutes)).toMatchObject([{ kind: "loaded", rows: 5 }]);
    expect(await db.query("SELECT dataset FROM ingest_files")).toEqual([{ dataset: "bars_1m" }]);
  });

  test("a file that grew goes on, in many chunks, its day's cumulative amount carried along", async () => {
    const amounts = minuteRows("20260122", 540, 200, 1).map((row, i) => `${row},${(i + 1) * 70_000}`);
    const path = await root.write("a.csv", [`${HEADER},amount`, ...amounts.slice(0, 100)]);
    expect(await load(presetMap("kis-1m"), { blockBytes: 1000 })).toMatchObject([{ rows: 100, lines: 101 }]);
    await appendFile(path, amounts.slice(100).join("\n"));
    expect(await load(presetMap("kis-1m"), { blockBytes: 1000 })).toMatchObject([{ rows: 100, lines: 201 }]);
    const [sum] = await db.query("SELECT count(*)::int AS n, sum(value)::int AS value FROM scalp_1m_bars");
    expect(sum).toEqual({ n: 200, value: 200 * 70_000 });
  });

  test("a last row that was cut inside a number is read again when the file has grown", async () => {
    const path = await root.write("a.csv", `${HEADER}\n20260122,005930,090000,100,100,100,100,12`);
    expect(await load(minutes)).toMatchObject([{ rows: 1 }]);
    await appendFile(path, "34\n20260122,005930,090100,100,100,100,100,5\n");
    expect(await load(minutes)).toMatchObject([{ rows: 1, updated: 1, rejects: 0 }]);
    expect(await db.query("SELECT volume::int FROM scalp_1m_bars ORDER BY bar_time")).toEqual([
      { volume: 1234 },
      { volume: 5 },
    ]);
  });
});

describe("bad input", () => {
  const good = "20260122,005930,090000,71000,71500,70900,71400,100";

  test("every bad row is refused whole, with line, code, field and reason; the others load", async () => {
    const bad: [row: string, code: string, field: string][] = [
      ["20260230,005930,090100,71000,71500,70900,71400,100", "V-004", "date"],
      ["20260122,005930,250000,71000,71500,70900,71400,100", "V-004", "time"],
      ["19700101,005930,090000,71000,71500,70900,71400,100", "V-004", "date"],
      ["20310101,005930,090000,71000,71500,70900,71400,100", "V-004", "date"],
      ["20260122,005930,090100,71000,70000,70900,71400,100", "V-007", "high, low"],
      ["20260122,005930,090100,0,71500,0,71400,100", "V-006", "price, volume"],
      ["20260122,005930,090100,71000,71500,70900,71400,-1", "V-006", "price, volume"],
      ["20260122,005930,090100,71000,71500,70900,1e308,100", "V-001", "close"],
      ["20260122,005930,090100,71000,71500,70900,71400,99999999999", "V-010", "volume"],
      ["20260122,AAPL,090100,71000,71500,70900,71400,100", "V-011", "symbol"],
      ["20260122,005930,090100,71000,71500,70900", "V-001", "(line)"],
      ['20260122,"005930,090100,71000,71500,70900,71400,100', "V-001", "(line)"],
      ["{}", "V-001", "(line)"],
    ];
    const lines = [HEADER, good, ...bad.map(([row]) => row), good.replace("090000", "090200")];
    await root.write(
      "a.csv",
      Buffer.concat([Buffer.from(`\ufeff${lines.join("\r\n")}\r\n`), Buffer.from([0xff, 0xfe, 10])]),
    );
    expect(await load(minutes)).toMatchObject([{ kind: "loaded", rows: 2, rejects: bad.length + 1 }]);
    const found = await rejects();
    expect(found.map(({ line, code, field }) => [line, code, field])).toEqual([
      ...bad.map(([, code, field], index) => [index + 3, code, field]),
      [lines.length + 1, "V-001", "(line)"],
    ]);
    expect(found.slice(0, -1).map(({ raw }) => raw)).toEqual(bad.map(([row]) => row));
    expect(found.every(({ reason }) => reason.length > 10)).toBe(true);
  });

  test.each([
    ["a missing column", `${HEADER.replace(",volume", "")}\n`, 'no column "volume"'],
    ["another delimiter", `${HEADER.replaceAll(",", ";")}\n${good.replaceAll(",", ";")}\n`, "no header"],
    ["no header", `${good}\n`, "no header"],
    ["nothing at all", "", "the CSV is empty"],
    ["empty lines", "\n\n\r\n", "the CSV is empty"],
    ["another encoding", Buffer.from([0xff, 0xfe, 0x64, 0x00, 10]), "UTF-8"],
  ])("%s fails the file by name, and stops nobody", async (_what, content, message) => {
    await root.write("a.csv", content);
    await root.write("b.csv", [HEADER, good]);
    expect(await load(minutes)).toMatchObject([
      { kind: "failed", code: "OBS_CSV_COLUMNS", message: expect.stringContaining(message) },
      { kind: "loaded", rows: 1 },
    ]);
    const [ledger] = await db.query(
      "SELECT state, error IS NOT NULL AS told FROM ingest_files ORDER BY path",
    );
    expect(ledger).toEqual({ state: "failed", told: true });
  });

  test("a header alone is a file without rows", async () => {
    await root.write("a.csv", [HEADER]);
    expect(await load(minutes)).toMatchObject([{ kind: "loaded", lines: 1, rows: 0, rejects: 0 }]);
  });

  test("a cut-off gzip keeps what came before the cut, and goes on when it is mended", async () => {
    const rows = [HEADER, ...minuteRows("20260122", 540, 380), ...minuteRows("20260123", 540, 380)];
    const path = await root.write("a.csv.gz", rows);
    const whole = await readFile(path);
    await writeFile(path, whole.subarray(0, whole.length - 2000));
    expect(await load(minutes, { blockBytes: 2000 })).toMatchObject([
      { kind: "failed", code: "OBS_FILE_UNREADABLE" },
    ]);
    await writeFile(path, whole);
    expect(await load(minutes, { blockBytes: 2000 })).toMatchObject([{ kind: "loaded", lines: rows.length }]);
    expect(await db.query("SELECT count(*)::int AS n FROM scalp_1m_bars")).toEqual([{ n: 760 }]);
  });

  test("a row of 100 MB is refused with its beginning; the amount is not counted across it", async () => {
    const row = (time: string, amount: number) => `20260122,005930,${time},100,100,100,100,10,${amount}\n`;
    const content = [
      Buffer.from(`${HEADER},amount\n${row("090000", 1000)}`),
      Buffer.alloc(100 * 2 ** 20, 0x61),
      Buffer.from(`\n${row("090200", 5000)}${row("090300", 6000)}`),
    ];
    await root.write("a.csv.gz", Buffer.concat(content));
    expect(await load(presetMap("kis-1m"))).toMatchObject([
      { kind: "loaded", lines: 5, rows: 3, rejects: 1 },
    ]);
    const [reject] = await db.query(
      "SELECT line::int, code, raw_bytes::int, length(raw) AS kept FROM ingest_rejects",
    );
    expect(reject).toEqual({ line: 3, code: "L-001", raw_bytes: 100 * 2 ** 20, kept: 64 * 1024 });
    const values = await db.query("SELECT value::int FROM scalp_1m_bars ORDER BY bar_time");
    expect(values).toEqual([{ value: 1000 }, { value: null }, { value: 1000 }]);
  });

  test("a row many times in one file is one bar, the last of them", async () => {
    const again = (close: number) => `20260122,005930,090000,71000,71500,70900,${close},100`;
    await root.write("a.csv", [HEADER, again(71_000), again(71_100), again(71_200), again(71_200)]);
    expect(await load(minutes)).toMatchObject([{ rows: 1, duplicates: 3, stagedChunks: 1 }]);
    expect(await db.query("SELECT close::int FROM scalp_1m_bars")).toEqual([{ close: 71_200 }]);
  });

  test("JSONL in a .csv file", async () => {
    await root.write("a.csv", [tickLine(0), tickLine(1)]);
    expect(await load(minutes)).toMatchObject([{ kind: "failed", code: "OBS_CSV_COLUMNS" }]);
  });

  test("a folder without CSV files, and no folder", async () => {
    await expect(load(minutes)).rejects.toMatchObject({ code: "OBS_NO_DATA_FOUND" });
    const options = { store, map: minutes, workers: 1, market: "krx" as const, instruments: new Map() };
    const nowUs = kstMidnightUs(tradeDate("2026-02-01"));
    await expect(
      importCsvBars({ ...options, nowUs, path: join(root.path, "nowhere") }),
    ).rejects.toMatchObject({
      code: "OBS_NO_DATA_FOUND",
    });
  });
});

describe("interruption", () => {
  test("stopped between chunks, the next run goes on and nothing is lost or doubled", async () => {
    const rows = Array.from({ length: 300 }, (_, i) =>
      minuteRows("20260122", 540, 60).map((row) => row.replace("005930", String(i).padStart(6, "0"))),
    ).flat();
    await root.write("a.csv", [HEADER, ...rows]);
    const stop = new AbortController();
    const options = {
      store,
      path: root.path,
      map: minutes,
      workers: 1,
      market: "krx" as const,
      instruments: new Map(),
    };
    const first = await importCsvBars({
      ...options,
      nowUs: kstMidnightUs(tradeDate("2026-02-01")),
      blockBytes: 20_000,
      signal: stop.signal,
      onProgress: ({ lines }) => {
        if (lines > 3000) stop.abort();
      },
    });
    expect(first).toEqual({ files: [], interrupted: true });
    const [stopped] = await db.query<{ n: number }>("SELECT count(*)::int AS n FROM scalp_1m_bars");
    expect(stopped?.n).toBeGreaterThan(0);
    expect(stopped?.n).toBeLessThan(18_000);
    expect(await load(minutes)).toMatchObject([{ kind: "loaded", lines: 18_001 }]);
    const [done] = await db.query(
      "SELECT (SELECT count(*)::int FROM scalp_1m_bars) AS n, rows::int, duplicates::int FROM ingest_files",
    );
    expect(done).toEqual({ n: 18_000, rows: 18_000, duplicates: 0 });
  });
});
