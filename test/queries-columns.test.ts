import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { PRICE_SCALE, type TimeUs } from "../src/record/index.ts";
import {
  get1mBars,
  getBarsInRange,
  getTicksInRange,
  minuteBarColumns,
  openStore,
  type Page,
  type Store,
  swingBarColumns,
  tickColumns,
} from "../src/store/index.ts";
import { freshDatabase, type TestDatabase } from "./postgres.ts";
import { kst } from "./sample-records.ts";

let db: TestDatabase;
let store: Store;

const SYMBOLS = ["0001A0", "000660", "005930", "035720"];
const START = kst("2026-01-30", "09:00:00");
const END = kst("2026-02-03", "15:30:00");

beforeAll(async () => {
  db = await freshDatabase();
  store = await openStore(db.urls);
  await db.query(
    "SELECT create_monthly_partition('scalp_ticks', m) FROM unnest('{2026-01-01,2026-02-01}'::date[]) m",
  );
  await db.query("SELECT setseed(0.42)");
  // In random order, with holes, NULLs, every quality and several ticks an instant.
  await db.query(
    `
    INSERT INTO scalp_ticks (symbol, event_time, seq, bid_price, ask_price, last_price, bid_size, ask_size, volume,
      acml_volume, acml_value, session_id, quality_flag)
    SELECT symbol, '2026-01-30 09:00+09'::timestamptz + make_interval(secs => (i / 3) * 127.000001), i % 3,
      nullif(round((71400 + random() * 100)::numeric, i % 5), 71450), 71500 + i, 71450.25, i, nullif(i % 7, 0), i * 1000003::bigint,
      i * 9007199::bigint, i * 123456789012, 's1', CASE i % 5 WHEN 0 THEN 'degraded' WHEN 1 THEN 'gap' WHEN 2 THEN NULL ELSE 'normal' END
    FROM generate_series(0, 4999) i, unnest($1::text[]) symbol
    WHERE random() < 0.8
    ORDER BY random()`,
    [SYMBOLS],
  );
  await db.query(
    `
    INSERT INTO scalp_1m_bars (symbol, bar_time, open, high, low, close, volume, value, vwap, bid_price_avg, tick_count,
      coverage_ratio, volume_capture, session_id, quality_flag)
    SELECT symbol, '2026-01-30 09:00+09'::timestamptz + make_interval(mins => i), 1.5, 99999999999.9999, 0.0001, i, i * 31,
      i * 12345678901.2345, i / 7.0, NULL, nullif(i % 121, 0), random(), nullif(random(), 0), 's1', 'normal'
    FROM generate_series(0, 3000) i, unnest($1::text[]) symbol
    WHERE random() < 0.5
    ORDER BY i, symbol`,
    [SYMBOLS],
  );
  await db.query(
    `
    INSERT INTO swing_bars_10m (symbol, bar_time, open, high, low, close, volume, value, bid_price, ask_price, session_id, quality_flag)
    SELECT symbol, '2026-01-30 09:00+09'::timestamptz + make_interval(mins => 10 * i), 71000, 71600, 70900, 71000 + i % 50 * 0.25,
      i, NULL, 71400, 71500, 's1', CASE WHEN i % 9 = 0 THEN 'degraded' ELSE 'normal' END
    FROM generate_series(0, 900) i, unnest($1::text[]) symbol
    ORDER BY symbol DESC, i DESC`,
    [SYMBOLS],
  );
});

afterAll(async () => {
  await store.close();
  await db.drop();
});

const QUALITY: Readonly<Record<string, number>> = { normal: 0, degraded: 1, gap: 2 };
const qualityCode = (flag: string | null) => QUALITY[flag ?? ""] ?? 255;
/** As a column shows it. */
const orNaN = (value: number | bigint | null) => (value === null ? Number.NaN : Number(value));

type Question<Row> = (
  symbol: string,
  start: TimeUs,
  end: TimeUs,
  cursor: string | null,
) => Promise<Page<Row>>;

/** All rows of the symbols, as the row queries give them. */
async function rowsOf<Row>(
  question: Question<Row>,
  symbols: readonly string[],
  start: TimeUs,
  end: TimeUs,
): Promise<Row[]> {
  const rows: Row[] = [];
  for (const symbol of [...new Set(symbols)].sort()) {
    let cursor: string | null = null;
    do {
      const page: Page<Row> = await question(symbol, start, end, cursor);
      rows.push(...page.rows);
      cursor = page.nextCursor;
    } while (cursor !== null);
  }
  return rows;
}

/** Any range that touches the data, and some of the symbols or all. */
const request = fc
  .record({
    ends: fc.uniqueArray(fc.integer({ min: START - 10, max: END + 10 }), { minLength: 2, maxLength: 2 }),
    symbols: fc.option(fc.array(fc.constantFrom(...SYMBOLS, "999999"), { minLength: 1, maxLength: 5 }), {
      nil: undefined,
    }),
  })
  .map(({ ends, symbols }) => ({
    start: Math.min(...ends) as TimeUs,
    end: Math.max(...ends) as TimeUs,
    ...(symbols === undefined ? {} : { symbols }),
  }));
const runs = { numRuns: 12 };

describe("columns equal the row query", () => {
  test("ticks", async () => {
    const ask: Question<Awaited<ReturnType<typeof getTicksInRange>>["rows"][number]> = (
      symbol,
      start,
      end,
      cursor,
    ) => getTicksInRange(store, symbol, start, end, { limit: 10_000, cursor });
    await fc.assert(
      fc.asyncProperty(request, async (asked) => {
        const rows = await rowsOf(ask, asked.symbols ?? SYMBOLS, asked.start, asked.end);
        const columns = await tickColumns(store, { ...asked, prices: "scaled" });
        expect(columns.rowCount).toBe(rows.length);
        expect([...columns.symbolIndex].map((i) => columns.symbols[i])).toEqual(
          rows.map((row) => row.symbol),
        );
        expect([...columns.timeUs]).toEqual(rows.map((row) => row.eventTimeUs));
        expect([...columns.quality]).toEqual(rows.map((row) => qualityCode(row.qualityFlag)));
        for (const name of [
          "lastPrice",
          "bidPrice",
          "askPrice",
          "bidSize",
          "askSize",
          "volume",
          "acmlVolume",
          "acmlValue",
        ] as const)
          expect([...columns[name]], name).toEqual(rows.map((row) => orNaN(row[name])));
      }),
      runs,
    );
  });

  test("1-minute bars", async () => {
    const ask: Question<Awaited<ReturnType<typeof get1mBars>>["rows"][number]> = (
      symbol,
      start,
      end,
      cursor,
    ) => get1mBars(store, symbol, start, end, { limit: 10_000, cursor });
    await fc.assert(
      fc.asyncProperty(request, async (asked) => {
        const rows = await rowsOf(ask, asked.symbols ?? SYMBOLS, asked.start, asked.end);
        const columns = await minuteBarColumns(store, asked);
        expect([...columns.timeUs]).toEqual(rows.map((row) => row.barTimeUs));
        for (const name of ["open", "high", "low", "close", "vwap", "bidPriceAvg", "askPriceAvg"] as const)
          expect([...columns[name]], name).toEqual(rows.map((row) => orNaN(row[name]) / PRICE_SCALE));
        for (const name of ["volume", "tickCount", "coverageRatio", "volumeCapture"] as const)
          expect([...columns[name]], name).toEqual(rows.map((row) => orNaN(row[name])));
        rows.forEach((row, i) => {
          const exact = Number(row.value) / PRICE_SCALE;
          // Above 2^53 ten-thousandths two roundings: one in the reference here, one in the column.
          expect(Math.abs(columns.value[i]! - exact)).toBeLessThanOrEqual(2 * Math.abs(exact) * 2 ** -52);
        });
      }),
      runs,
    );
  });

  test("10-minute bars, although they lie in the table backwards", async () => {
    const ask: Question<Awaited<ReturnType<typeof getBarsInRange>>["rows"][number]> = (
      symbol,
      start,
      end,
      cursor,
    ) => getBarsInRange(store, symbol, start, end, { limit: 10_000, cursor });
    await fc.assert(
      fc.asyncProperty(request, async (asked) => {
        const rows = await rowsOf(ask, asked.symbols ?? SYMBOLS, asked.start, asked.end);
        const columns = await swingBarColumns(store, asked);
        expect([...columns.timeUs]).toEqual(rows.map((row) => row.barTimeUs));
        expect([...columns.quality]).toEqual(rows.map((row) => qualityCode(row.qualityFlag)));
        for (const name of ["open", "high", "low", "close", "bidPrice", "askPrice"] as const)
          expect([...columns[name]], name).toEqual(rows.map((row) => orNaN(row[name]) / PRICE_SCALE));
        expect([...columns.volume]).toEqual(rows.map((row) => orNaN(row.volume)));
        expect(columns.value.every(Number.isNaN)).toBe(true);
      }),
      runs,
    );
  });
});

describe("columns", () => {
  test("give each symbol as one stretch", async () => {
    const { symbols, symbolStart, close, timeUs, rowCount } = await swingBarColumns(store, {
      start: START,
      end: END,
    });
    expect(symbols).toEqual(SYMBOLS);
    expect([...symbolStart]).toEqual([0, 1, 2, 3, 4].map((i) => (i * rowCount) / 4));
    const [from, to] = [symbolStart[2], symbolStart[3]];
    const { rows } = await getBarsInRange(store, "005930", START, END);
    expect([...timeUs.subarray(from, to)]).toEqual(rows.map((row) => row.barTimeUs));
    expect(close.subarray(from, to)[7]).toBe(71_001.75);
  });

  test("are only those that were asked for", async () => {
    const asked = { start: START, end: END, columns: ["close", "volume"] as const };
    const narrow = await swingBarColumns(store, asked);
    const wide = await swingBarColumns(store, { start: START, end: END });
    expect(Object.keys(narrow).sort()).toEqual([
      "close",
      "quality",
      "rowCount",
      "symbolIndex",
      "symbolStart",
      "symbols",
      "timeUs",
      "volume",
    ]);
    expect(narrow.close).toEqual(wide.close);
    expect(narrow.volume).toEqual(wide.volume);
    const none = await tickColumns(store, { start: START, end: END, columns: [] });
    expect(none.rowCount).toBeGreaterThan(0);
  });

  test("of nothing are empty", async () => {
    const columns = await tickColumns(store, { start: 0 as TimeUs, end: 1 as TimeUs });
    expect(columns).toMatchObject({ rowCount: 0, symbols: [] });
    expect([...columns.symbolStart]).toEqual([0]);
    expect(columns.lastPrice).toHaveLength(0);
  });

  test("refuse what cannot be meant, and no connection stays open", async () => {
    const refused = { code: "OBS_ARGUMENT_INVALID" };
    const range = { start: START, end: END };
    const columns: readonly string[] = ["close", 'close", symbol FROM pg_authid --'];
    await expect(swingBarColumns(store, { start: END, end: START })).rejects.toMatchObject(refused);
    await expect(swingBarColumns(store, { ...range, symbols: [] })).rejects.toMatchObject(refused);
    await expect(swingBarColumns(store, { ...range, symbols: ["005930", "'}"] })).rejects.toMatchObject(
      refused,
    );
    await expect(
      swingBarColumns(store, { ...range, columns: columns as readonly "close"[] }),
    ).rejects.toMatchObject(refused);
    const open = () =>
      db.query(
        "SELECT FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'observer columns'",
      );
    await expect.poll(open).toEqual([]);
  });

  test("say which query failed, and no connection stays open", async () => {
    await db.query("ALTER TABLE swing_bars_10m RENAME COLUMN bid_price TO bid");
    await expect(swingBarColumns(store, { start: START, end: END })).rejects.toMatchObject({
      code: "OBS_QUERY_FAILED",
      message: expect.stringContaining("copy_out_swing_bars"),
    });
    await db.query("ALTER TABLE swing_bars_10m RENAME COLUMN bid TO bid_price");
    const open = () =>
      db.query(
        "SELECT FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'observer columns'",
      );
    await expect.poll(open).toEqual([]);
  });
});
