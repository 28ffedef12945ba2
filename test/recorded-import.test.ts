import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { importBars, presetMap } from "../src/app/index.ts";
import type { CsvColumnMap } from "../src/codec/index.ts";
import type { FileOutcome } from "../src/ingest/index.ts";
import { isOnTickGrid } from "../src/market/index.ts";
import { type Price, tradeDate } from "../src/record/index.ts";
import { openStore, type Store } from "../src/store/index.ts";
import { freshDatabase, type TestDatabase } from "./postgres.ts";
import { recordedCsv, recordedPath, whyNoRecordedData } from "./recorded-data.ts";

let db: TestDatabase;
let store: Store;

/** Imports with everything that depends on it; the outcomes in the order of the files. */
async function load(path: string, map: CsvColumnMap): Promise<FileOutcome[]> {
  const vault = { store, kind: "yours" as const, close: () => store.close() };
  const { loaded } = await importBars(vault, { workers: 1, market: "krx" }, { path, map });
  return loaded.files.map(({ outcome }) => outcome);
}

/** What must be said of a file in full: lines that are no rows, verdicts, and that nothing was refused. */
const counted = (rows: number, warnings: Record<string, number>, gateCodes: Record<string, number> = {}) => ({
  kind: "loaded",
  lines: rows + (warnings.header ?? 0) + (warnings.paddedRow ?? 0),
  rows,
  duplicates: 0,
  updated: 0,
  rejects: 0,
  stagedChunks: 0,
  warnings,
  gateCodes,
});

function database() {
  beforeAll(async () => {
    db = await freshDatabase();
    store = await openStore(db.urls);
  });
  afterAll(async () => {
    await store.close();
    await db.drop();
  });
}

const { cumulativeValue: _, ...withoutAmount } = presetMap("kis-1m");
const liveMap: CsvColumnMap = { ...withoutAmount, name: "live" };

interface DayPair {
  symbol: string;
  date: string;
  open: number;
  high: number;
  low: number;
  close: number;
  volume: number;
  dayOpen: number;
  dayHigh: number;
  dayLow: number;
  dayClose: number;
  dayVolume: number;
}

/**
 * Complete symbol-days of bars beside the recorded daily bar. Complete: traded in the minute of the open, and there is
 * the print of the closing auction.
 */
const COMPLETE_DAYS = `
  WITH days AS (
    SELECT bar.symbol, m.trade_date, m.open_time, m.close_time,
      (array_agg(bar.open ORDER BY bar.bar_time))[1] AS open, max(bar.high) AS high, min(bar.low) AS low,
      (array_agg(bar.close ORDER BY bar.bar_time DESC))[1] AS close, sum(bar.volume) AS volume
    FROM swing_bars_10m bar
    JOIN market_sessions m ON m.venue = 'KRX' AND bar.bar_time >= m.open_time AND bar.bar_time < m.close_time
    GROUP BY bar.symbol, m.trade_date, m.open_time, m.close_time
  )
  SELECT d.symbol, d.trade_date::text AS date, d.open::float8, d.high::float8, d.low::float8, d.close::float8,
    d.volume::float8, e.open::float8 AS "dayOpen", e.high::float8 AS "dayHigh", e.low::float8 AS "dayLow",
    e.close::float8 AS "dayClose", e.volume::float8 AS "dayVolume"
  FROM days d
  JOIN eod_prices e USING (symbol, trade_date)
  JOIN scalp_1m_bars first ON first.symbol = d.symbol AND first.bar_time = d.open_time
  JOIN scalp_1m_bars print ON print.symbol = d.symbol AND print.bar_time = d.close_time`;

/** An auction prints on the grid of its date; one that does not was adjusted for a later split, and the day with it. */
const isUnadjusted = ({ open, date }: DayPair) =>
  isOnTickGrid({ market: "KOSPI", kind: "stock" }, tradeDate(date), (open * 10_000) as Price);

const share = <T>(of: readonly T[], is: (one: T) => boolean) => of.filter(is).length / of.length;

/** The data are the same whatever the server; the second one would only repeat the wait. */
const onceOnly = inject("server") === "embedded" ? "" : " (skipped: shown on the embedded server)";

const noMinutes = onceOnly || whyNoRecordedData("krx_minute_kis_2025");
const noDays = onceOnly || whyNoRecordedData("krx_daily_kis_2025");
describe.skipIf(noMinutes + noDays !== "")(`KIS minutes and days${noMinutes}${noDays}`, () => {
  database();
  let minutes: FileOutcome[];
  let days: FileOutcome[];
  beforeAll(async () => {
    minutes = await load(recordedPath("krx_minute_kis_2025"), presetMap("kis-1m"));
    days = await load(recordedPath("krx_daily_kis_2025"), presetMap("kis-daily"));
  });

  test("all five months load, nothing refused", () => {
    expect(minutes).toMatchObject([
      counted(249_844, { header: 1, cumulativeUnusable: 150 }),
      counted(81_045, { header: 1, paddedRow: 421, cumulativeUnusable: 43 }),
      // 340930 is adjusted for a later split from one day to the next: more than 30 % away, degraded.
      counted(41_601, { header: 1, paddedRow: 112, cumulativeUnusable: 16 }, { "G-001": 375 }),
      counted(37_931, { header: 1, paddedRow: 83, cumulativeUnusable: 22 }),
      // 012200 on 2026-01-09: the closing auction printed at 15:32.
      counted(44_980, { header: 1, paddedRow: 25, cumulativeUnusable: 39 }, { "G-005": 1 }),
    ]);
  });

  test("all days load; each names the close of the symbol's day before", async () => {
    // 012205 rose from 9,600 to the limit of 30 %, 12,480, which G-001 meets exactly; one day of another lies beyond.
    expect(days).toMatchObject([counted(15_620, { header: 1 }, { "G-001": 1 })]);
    const [found] = await db.query(
      `SELECT count(*)::int AS firsts,
         count(*) FILTER (WHERE EXISTS (
           SELECT FROM eod_prices o WHERE o.symbol = e.symbol AND o.trade_date < e.trade_date))::int AS wrong
       FROM eod_prices e WHERE prev_close IS NULL`,
    );
    expect(found).toEqual({ firsts: 129, wrong: 0 });
    const differing = await db.query(
      `SELECT symbol, trade_date FROM (
         SELECT symbol, trade_date, prev_close, lag(close) OVER (PARTITION BY symbol ORDER BY trade_date) AS before
         FROM eod_prices) e WHERE prev_close IS DISTINCT FROM before`,
    );
    expect(differing).toEqual([]);
  });

  test("10-minute bars stand in the slots of the day's own calendar", async () => {
    const extents = await db.query(
      `SELECT date, bars, first, last, count(*)::int AS symbols FROM (
         SELECT (bar_time AT TIME ZONE 'Asia/Seoul')::date::text AS date, count(*)::int AS bars,
           to_char(min(bar_time) AT TIME ZONE 'Asia/Seoul', 'HH24:MI') AS first,
           to_char(max(bar_time) AT TIME ZONE 'Asia/Seoul', 'HH24:MI') AS last
         FROM swing_bars_10m
         WHERE (bar_time AT TIME ZONE 'Asia/Seoul')::date IN ('2025-11-12', '2025-11-13', '2026-01-02')
         GROUP BY 1, symbol) AS day GROUP BY 1, 2, 3, 4 ORDER BY 1`,
    );
    expect(extents).toEqual([
      { date: "2025-11-12", bars: 39, first: "09:00", last: "15:20", symbols: 8 },
      // The recorder stopped before the print at 16:30 of the exam day: minutes 16:20 to 16:29 are padding, and the
      // 39th bar has no trade in it.
      { date: "2025-11-13", bars: 38, first: "10:00", last: "16:10", symbols: 8 },
      { date: "2026-01-02", bars: 33, first: "10:00", last: "15:20", symbols: 11 },
    ]);
  });

  test("bars rebuilt from minutes are the recorded days where the recording is complete", async () => {
    const pairs = (await db.query<DayPair & Record<string, unknown>>(COMPLETE_DAYS)).filter(isUnadjusted);
    expect(pairs.length).toBeGreaterThan(900);
    const rates = {
      open: share(pairs, (day) => day.open === day.dayOpen),
      high: share(pairs, (day) => day.high === day.dayHigh),
      low: share(pairs, (day) => day.low === day.dayLow),
      close: share(pairs, (day) => day.close === day.dayClose),
    };
    // The recording's own statement: open, high and low agree in 97 %, the close in 92 %.
    expect(rates.open).toBeGreaterThan(0.97);
    expect(rates.high).toBeGreaterThan(0.97);
    expect(rates.low).toBeGreaterThan(0.97);
    expect(rates.close).toBeGreaterThan(0.92);
    // The middle half of the volume ratios lies within 0.99 and 1.00: the day counts trades outside the session too.
    const ratios = pairs.map((day) => day.volume / day.dayVolume).sort((a, b) => a - b);
    expect(ratios[Math.floor(ratios.length / 4)]).toBeGreaterThan(0.99);
    expect(ratios[Math.floor((ratios.length * 3) / 4)]).toBeLessThanOrEqual(1.0001);
  });

  test("a 10-minute bar is its minutes, the closing print among those of the last", async () => {
    const [found] = await db.query(
      `SELECT count(*)::int AS bars, count(*) FILTER (WHERE NOT (
           bar.open = m.open AND bar.high = m.high AND bar.low = m.low AND bar.close = m.close
           AND bar.volume = m.volume AND bar.value IS NOT DISTINCT FROM m.value AND bar.source = '1m'))::int AS differing
       FROM swing_bars_10m bar
       JOIN market_sessions day ON day.venue = 'KRX' AND bar.bar_time >= day.open_time AND bar.bar_time < day.close_time
       CROSS JOIN LATERAL (
         SELECT (array_agg(open ORDER BY bar_time))[1] AS open, max(high) AS high, min(low) AS low,
           (array_agg(close ORDER BY bar_time DESC))[1] AS close, sum(volume) AS volume, sum(value) AS value
         FROM scalp_1m_bars minute
         WHERE minute.symbol = bar.symbol AND minute.bar_time >= bar.bar_time
           AND (minute.bar_time < bar.bar_time + interval '10 minutes'
             OR minute.bar_time = day.close_time AND bar.bar_time + interval '10 minutes' = day.close_time)
       ) m`,
    );
    expect(found).toEqual({ bars: 48_159, differing: 0 });
  });
});

const noMarket = onceOnly || whyNoRecordedData("krx_full_market_1m_20190920");
describe.skipIf(noMarket !== "")(`a whole market, stamped with ends${noMarket}`, () => {
  database();

  test("both files load, minutes filled forward left out, starts where they belong", async () => {
    const outcomes = await load(recordedPath("krx_full_market_1m_20190920"), presetMap("creon-1m"));
    expect(outcomes).toMatchObject([
      counted(87_562, { header: 1, paddedRow: 65_811 }),
      counted(401, { header: 1 }),
    ]);
    const clock = await db.query(
      `SELECT to_char(min(bar_time) AT TIME ZONE 'Asia/Seoul', 'HH24:MI') AS first,
         to_char(max(bar_time) AT TIME ZONE 'Asia/Seoul', 'HH24:MI') AS last,
         count(*) FILTER (WHERE (bar_time AT TIME ZONE 'Asia/Seoul')::time BETWEEN '15:20' AND '15:29')::int AS in_call
       FROM scalp_1m_bars WHERE bar_time >= '2019-09-20 00:00+09'`,
    );
    // Two symbols traded once more in the first seconds of 15:20; the rest of the call is padding.
    expect(clock).toEqual([{ first: "09:00", last: "15:30", in_call: 2 }]);
  });
});

const noLive = onceOnly || whyNoRecordedData("krx_minute_live_vs_final_2025");
describe.skipIf(noLive !== "")(`minutes as stored live, and as fetched later${noLive}`, () => {
  database();

  test("live dumps load by a map without the amount", async () => {
    const path = (month: string) =>
      recordedPath("krx_minute_live_vs_final_2025", `live_only_1m_${month}.csv.gz`);
    expect([
      ...(await load(path("202601"), liveMap)),
      ...(await load(path("202602"), liveMap)),
    ]).toMatchObject([
      counted(52_525, { header: 1, paddedRow: 2699 }, { "G-001": 263 }),
      counted(39_006, { header: 1, paddedRow: 3013 }),
    ]);
  });

  test("the later fetch replaces what it knows better, and leaves what only the live dump had", async () => {
    await db.query("TRUNCATE scalp_1m_bars, swing_bars_10m, ingest_files, ingest_rejects");
    const rows = recordedCsv("krx_minute_live_vs_final_2025", "differences.csv.gz");
    const prices = ["open", "high", "low", "close", "volume"] as const;
    const side = (row: Record<string, string>, suffix: "live" | "final") =>
      prices.map((column) => row[`${column}_${suffix}`] ?? "");
    const isPadded = ([open, high, low, close, volume]: string[]) =>
      volume === "0" && open === high && open === low && open === close;
    const folder = await mkdtemp(join(tmpdir(), "observer-import-"));
    try {
      for (const [name, suffix] of [
        ["1_live.csv", "live"],
        ["2_final.csv", "final"],
      ] as const) {
        const lines = rows
          .filter((row) => row[`open_${suffix}`] !== "")
          .map((row) => [row.date, row.code, row.time, ...side(row, suffix)].join(","));
        await writeFile(
          join(folder, name),
          ["date,code,time,open,high,low,close,volume", ...lines].join("\n"),
        );
      }
      const outcomes = await load(folder, liveMap);
      const expected = new Map<string, string>();
      for (const row of rows) {
        const known = row.open_final === "" ? side(row, "live") : side(row, "final");
        if (!isPadded(known)) expected.set(`${row.date} ${row.code} ${row.time}`, known.join(","));
      }
      // 7,538 live minutes are padding, 6,906 of them in the closing call; final brings 632 of them with trades.
      expect(outcomes).toMatchObject([
        { kind: "loaded", rows: 3399, rejects: 0, warnings: { header: 1, paddedRow: 7538 } },
        { kind: "loaded", rows: 632, updated: 2496, duplicates: 0, rejects: 0 },
      ]);
      const stored = await db.query<{ key: string; bar: string }>(
        `SELECT to_char(bar_time AT TIME ZONE 'Asia/Seoul', 'YYYYMMDD ') || symbol
             || to_char(bar_time AT TIME ZONE 'Asia/Seoul', ' HH24MISS') AS key,
           concat_ws(',', open::float8, high::float8, low::float8, close::float8, volume) AS bar
         FROM scalp_1m_bars`,
      );
      expect(new Map(stored.map(({ key, bar }) => [key, bar]))).toEqual(expected);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});

const noFives = onceOnly || whyNoRecordedData("krx_5m_yahoo");
describe.skipIf(noFives !== "")(`five-minute bars of another provider${noFives}`, () => {
  database();

  test("halves are joined; a first half without volume leaves the bar degraded", async () => {
    const outcomes = await load(recordedPath("krx_5m_yahoo"), presetMap("yahoo-5m"));
    expect(outcomes).toMatchObject([
      { kind: "loaded", lines: 1009, rows: 504, rejects: 0, warnings: { header: 1, joinedHalf: 506 } },
    ]);
    const days = await db.query(
      `SELECT bars, count(*)::int AS days FROM (
         SELECT count(*)::int AS bars FROM swing_bars_10m
         GROUP BY symbol, (bar_time AT TIME ZONE 'Asia/Seoul')::date) AS day
       GROUP BY bars`,
    );
    expect(days).toEqual([{ bars: 36, days: 14 }]);
    const flags = await db.query(
      "SELECT quality_flag, count(*)::int AS bars FROM swing_bars_10m GROUP BY 1 ORDER BY 2",
    );
    // Four first halves of a day trade at several prices and count no volume.
    expect(flags).toEqual([
      { quality_flag: "degraded", bars: 4 },
      { quality_flag: "normal", bars: 500 },
    ]);
  });
});
