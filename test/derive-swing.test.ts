import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  buildBars,
  buildSwingBarsFromMinutes,
  countWrongReturns,
  deriveForFiles,
  getSymbolDayCoverage,
  mendReturns,
  syncMarketSessions,
} from "../src/derive/index.ts";
import { expectedTenMinuteBars, tenMinuteSlotUs, tradingDay } from "../src/market/index.ts";
import {
  formatInstant,
  formatKst,
  MINUTE_US,
  type TimeUs,
  type TradeDate,
  tradeDate,
} from "../src/record/index.ts";
import {
  type DeriveBench,
  emptyTables,
  insertTicks,
  loadTicks,
  openDeriveBench,
  rowVersions,
  sampled,
} from "./derive-fixture.ts";
import { kst, sampleTick, won } from "./sample-records.ts";

let bench: DeriveBench;
beforeAll(async () => {
  bench = await openDeriveBench();
});
afterAll(() => bench.close());
beforeEach(() => emptyTables(bench.db));

const DATE = tradeDate("2026-01-22");
const on = (date: TradeDate) => ({ from: date, to: date });

async function insertMinutes(
  minutes: readonly TimeUs[],
  symbol = "005930",
  source: "import" | "ticks" = "import",
): Promise<void> {
  await bench.db.query(
    `INSERT INTO scalp_1m_bars (symbol, bar_time, open, high, low, close, volume, value, session_id, source)
     SELECT $1, t, 100 + n, 200 + n, 50 + n, 150 + n, n, 1000 * n, 'minutes', $3
     FROM unnest($2::timestamptz[]) WITH ORDINALITY AS m (t, n)`,
    [symbol, minutes.map(formatInstant), source],
  );
}

const swingBars = async () =>
  (
    await bench.store.writer.query(
      `SELECT bar_time, open, high, low, close, volume, value, quality_flag, source
       FROM swing_bars_10m ORDER BY symbol, bar_time`,
    )
  ).rows;

describe("10-minute bars from minutes", () => {
  test.each(["2026-01-22", "2026-01-02", "2025-11-13"])(
    "on %s fall into the slots of its calendar",
    async (text) => {
      const date = tradeDate(text);
      const day = tradingDay(date);
      if (day === null) throw new Error(`${date} is no trading day`);
      const minutes = Array.from(
        { length: 12 * 60 },
        (_, n) => (kst(date, "07:00:00") + n * MINUTE_US) as TimeUs,
      );
      await insertMinutes(minutes);
      await buildSwingBarsFromMinutes(bench.store, on(date));
      const volumes = new Map<string, number>();
      for (const [n, minute] of minutes.entries()) {
        const slot = tenMinuteSlotUs(day, minute);
        if (slot === null || minute > day.closeUs) continue;
        const clock = formatKst(slot);
        volumes.set(clock, (volumes.get(clock) ?? 0) + n + 1);
      }
      const built = await swingBars();
      expect(new Map(built.map((bar) => [formatKst(bar.bar_time), bar.volume]))).toEqual(volumes);
      expect(built).toHaveLength(expectedTenMinuteBars(day));
      expect(new Set(built.map((bar) => bar.quality_flag))).toEqual(new Set(["normal"]));
    },
  );

  test("take the closing print into the last bar", async () => {
    const first = sampled(kst(DATE, "15:25:00"), kst(DATE, "15:26:00"), {
      volume: 0,
      lastPrice: won(71_000),
    });
    const print = sampleTick({ eventTimeUs: kst(DATE, "15:30:12"), lastPrice: won(72_000), volume: 5_000 });
    await insertTicks(bench.db, [...first.map((t) => ({ ...t, acmlVolume: Number.NaN })), print]);
    await buildBars(bench.store, on(DATE));
    await buildSwingBarsFromMinutes(bench.store, on(DATE));
    expect(await swingBars()).toMatchObject([
      {
        bar_time: kst(DATE, "15:20:00"),
        open: "71000.0000",
        close: "72000.0000",
        volume: 5_000,
        quality_flag: "normal",
        source: "1m",
      },
    ]);
  });

  test("say how much of them was seen", async () => {
    const from = (clock: string, count: number) =>
      Array.from({ length: count }, (_, n) => (kst(DATE, clock) + n * MINUTE_US) as TimeUs);
    const minutes = [...from("10:00:00", 7), ...from("10:10:00", 6), ...from("10:20:00", 4)];
    await insertMinutes(minutes, "005930", "ticks");
    await buildSwingBarsFromMinutes(bench.store, on(DATE));
    expect((await swingBars()).map((bar) => bar.quality_flag)).toEqual(["normal", "degraded", "gap"]);
  });

  test("of imported minutes alone are not doubted for minutes in which nothing traded", async () => {
    await insertMinutes([kst(DATE, "10:03:00"), kst(DATE, "10:14:00")]);
    await bench.db.query("UPDATE scalp_1m_bars SET quality_flag = 'degraded' WHERE bar_time = $1", [
      formatInstant(kst(DATE, "10:14:00")),
    ]);
    await buildSwingBarsFromMinutes(bench.store, on(DATE));
    expect((await swingBars()).map((bar) => bar.quality_flag)).toEqual(["normal", "degraded"]);
  });

  test("leave bars of other sources, are written once, and go with their minutes", async () => {
    await bench.db.query(
      `INSERT INTO swing_bars_10m (symbol, bar_time, open, high, low, close, volume, session_id, source)
       VALUES ('005930', $1, 1, 1, 1, 1, 1, 'a1', 'kis')`,
      [formatInstant(kst(DATE, "10:00:00"))],
    );
    await insertMinutes(["10:00:00", "10:10:00", "10:20:00"].map((clock) => kst(DATE, clock)));
    expect(await buildSwingBarsFromMinutes(bench.store, on(DATE))).toMatchObject({ inserted: 2, updated: 0 });
    expect((await swingBars()).map((bar) => bar.source)).toEqual(["kis", "1m", "1m"]);
    const versions = await rowVersions(bench.db, "swing_bars_10m");
    await buildSwingBarsFromMinutes(bench.store, on(DATE));
    expect(await rowVersions(bench.db, "swing_bars_10m")).toEqual(versions);
    await bench.db.query("DELETE FROM scalp_1m_bars WHERE bar_time > $1", [
      formatInstant(kst(DATE, "10:10:00")),
    ]);
    expect(await buildSwingBarsFromMinutes(bench.store, on(DATE))).toMatchObject({ removed: 1 });
  });

  test("are kept up by late ticks where there are some, and made by them only when asked", async () => {
    await loadTicks(bench.db, 1, sampled(kst(DATE, "10:00:00"), kst(DATE, "10:10:00")));
    expect(await deriveForFiles(bench.store)).toMatchObject({ swingBarsWritten: 0 });
    await buildSwingBarsFromMinutes(bench.store, on(DATE));
    await loadTicks(bench.db, 2, [
      sampleTick({ eventTimeUs: kst(DATE, "10:05:00.1"), lastPrice: won(90_000), volume: 1 }),
    ]);
    await deriveForFiles(bench.store);
    expect(await swingBars()).toMatchObject([{ high: "90000.0000" }]);
    await loadTicks(bench.db, 3, sampled(kst(DATE, "10:00:00"), kst(DATE, "10:01:00"), { symbol: "000660" }));
    expect(await deriveForFiles(bench.store, { swingBars: "build" })).toMatchObject({ swingBarsWritten: 1 });
  });
});

describe("the calendar in the database", () => {
  test("is that of the rule book, and written once", async () => {
    await bench.db.query("TRUNCATE market_sessions");
    const [from, to] = [tradeDate("2025-11-12"), tradeDate("2026-01-02")];
    const { written } = await syncMarketSessions(bench.store, from, to);
    expect(written).toBe(52 * 2);
    expect(await syncMarketSessions(bench.store, from, to)).toEqual({ written: 0 });
    const { rows } = await bench.store.reader.query(
      `SELECT trade_date, kind, open_time, continuous_end_time, close_time FROM market_sessions
       WHERE venue = 'KRX' ORDER BY trade_date`,
    );
    for (const row of rows) {
      const day = tradingDay(row.trade_date);
      expect([row.kind, row.open_time, row.continuous_end_time, row.close_time]).toEqual(
        day === null
          ? ["closed", null, null, null]
          : [day.kind, day.openUs, day.continuousEndUs, day.closeUs],
      );
    }
  });

  test("leaves out what the rule book does not cover", async () => {
    await bench.db.query("TRUNCATE market_sessions");
    const report = await syncMarketSessions(bench.store, tradeDate("2010-01-01"), tradeDate("2010-01-05"));
    expect(report).toEqual({ written: 0 });
  });
});

test("the coverage of a symbol-day is three numbers and the grade of the smallest", async () => {
  const all = sampled(kst(DATE, "09:00:00"), kst(DATE, "15:20:00"));
  const kept = all.filter((tick, index) => {
    const silent = tick.eventTimeUs >= kst(DATE, "11:00:00") && tick.eventTimeUs < kst(DATE, "12:00:00");
    return !silent && index % 10 !== 5;
  });
  await loadTicks(bench.db, 1, [...kept, sampleTick({ eventTimeUs: kst(DATE, "15:30:10") })]);
  await deriveForFiles(bench.store);
  const [coverage] = await getSymbolDayCoverage(bench.store, on(DATE));
  expect(coverage).toMatchObject({
    symbol: "005930",
    tradeDate: DATE,
    minutesPresent: 321,
    minutesExpected: 381,
    gapSeconds: 3600.5,
    barCoverage: 321 / 381,
    grade: "B",
  });
  expect(coverage?.timeCoverage).toBeCloseTo(1 - 3600.5 / 22_800, 12);
  expect(coverage?.volumeCapture).toBeCloseTo(0.9, 12);
});

test("wrong returns are counted and mended", async () => {
  await insertMinutes(["10:00:00", "10:10:00", "10:20:00"].map((clock) => kst(DATE, clock)));
  await buildSwingBarsFromMinutes(bench.store, on(DATE));
  expect(await countWrongReturns(bench.store, on(DATE))).toBe(0);
  await bench.db.query(
    `BEGIN; ALTER TABLE swing_bars_10m DISABLE TRIGGER USER;
     UPDATE swing_bars_10m SET returns_pct = 0.5;
     ALTER TABLE swing_bars_10m ENABLE TRIGGER USER; COMMIT`,
  );
  expect(await countWrongReturns(bench.store, on(DATE))).toBe(3);
  expect(await mendReturns(bench.store, on(DATE))).toBe(3);
  expect(await countWrongReturns(bench.store, on(DATE))).toBe(0);
});
