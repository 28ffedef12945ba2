import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { buildBars } from "../src/derive/index.ts";
import { tradingDay } from "../src/market/index.ts";
import {
  ABSENT,
  formatInstant,
  kstDateOf,
  MINUTE_US,
  type Price,
  SECOND_US,
  type Tick,
  type TimeUs,
  tradeDate,
} from "../src/record/index.ts";
import {
  type DeriveBench,
  emptyTables,
  insertTicks,
  openDeriveBench,
  rowVersions,
  sampled,
} from "./derive-fixture.ts";
import { type TwinBar, twinBar } from "./minute-twin.ts";
import { kst, sampleTick, won } from "./sample-records.ts";

let bench: DeriveBench;
beforeAll(async () => {
  bench = await openDeriveBench();
});
afterAll(() => bench.close());
beforeEach(() => emptyTables(bench.db));

const DATE = tradeDate("2026-01-22");
const onDate = (date = DATE) => ({ from: date, to: date });

async function bars(): Promise<TwinBar[]> {
  const { rows } = await bench.store.writer.query<TwinBar>(
    `SELECT symbol, bar_time, open, high, low, close, volume, value, vwap, bid_price_avg, ask_price_avg, tick_count,
       coverage_ratio, volume_capture, session_id, mitigation_level, quality_flag
     FROM scalp_1m_bars ORDER BY symbol, bar_time`,
  );
  return rows;
}

/** The definition: the sampling rate times the minute's seconds in the session, one for the closing print. */
function expectedTicks(barTimeUs: number): (level: number) => number {
  const day = tradingDay(kstDateOf(barTimeUs as TimeUs));
  const isPrint = day !== null && day.closeUs - (day.closeUs % MINUTE_US) === barTimeUs;
  return (level) => (isPrint ? 1 : 60 * ([2, 1, 0.5][level] ?? 0.5));
}

function twinBars(ticks: readonly Tick[]): TwinBar[] {
  const symbols = [...new Set(ticks.map((t) => t.symbol))].sort();
  return symbols.flatMap((symbol) => {
    const own = ticks
      .filter((t) => t.symbol === symbol)
      .sort((a, b) => a.eventTimeUs - b.eventTimeUs || a.seq - b.seq);
    const minutes = [...new Set(own.map((t) => t.eventTimeUs - (t.eventTimeUs % MINUTE_US)))];
    return minutes.flatMap((minute) => twinBar(own, minute, expectedTicks(minute)) ?? []);
  });
}

const maybe = <T>(value: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 4, arbitrary: value }, fc.constant(ABSENT as T));
const randomPrice = fc.integer({ min: 500_000_000, max: 900_000_000 }).map((n) => n as Price);

const randomTick = fc.record({
  symbol: fc.constantFrom("005930", "000660"),
  // Around the day's ends and its middle, so that minutes are shared and boundaries met.
  eventTimeUs: fc
    .tuple(
      fc.constantFrom(
        "2026-01-21 15:29:30",
        "2026-01-22 08:59:30",
        "2026-01-22 10:00:00",
        "2026-01-22 15:29:30",
      ),
      fc.integer({ min: 0, max: 400 }),
    )
    .map(([at, halves]) => (kst(at.slice(0, 10), at.slice(11)) + (halves * SECOND_US) / 2) as TimeUs),
  seq: fc.integer({ min: 0, max: 2 }),
  lastPrice: maybe(randomPrice),
  bidPrice: maybe(randomPrice),
  askPrice: maybe(randomPrice),
  volume: maybe(fc.integer({ min: 0, max: 5000 })),
  acmlVolume: maybe(fc.integer({ min: 100_000, max: 100_600 })),
  // Around 70,000 won a share, and sometimes counted in another unit.
  acmlValue: maybe(fc.integer({ min: 0, max: 42_000_000 })),
  sessionId: fc.constantFrom("track_b_1", "Track_b_2"),
  mitigationLevel: fc.constantFrom(0, 0, 0, 1, 2),
});

describe("a minute's bar", () => {
  test("equals its naive twin for any ticks", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(randomTick, {
          maxLength: 60,
          selector: (t) => `${t.symbol} ${t.eventTimeUs} ${t.seq}`,
        }),
        async (random) => {
          await emptyTables(bench.db);
          const ticks = random.map((fields) => sampleTick(fields));
          await insertTicks(bench.db, ticks);
          await buildBars(bench.store, { from: tradeDate("2026-01-21"), to: DATE });
          expect(await bars()).toEqual(twinBars(ticks));
        },
      ),
      { numRuns: 60 },
    );
  });

  test("is exact at the largest price and with decimals", async () => {
    const lastPrice = 999_999_999_999_999 as Price;
    const start = kst(DATE, "10:00:00");
    await insertTicks(bench.db, [
      sampleTick({
        eventTimeUs: start,
        seq: 0,
        lastPrice,
        bidPrice: 1 as Price,
        askPrice: lastPrice,
        volume: 3,
      }),
      sampleTick({
        eventTimeUs: start,
        seq: 1,
        lastPrice: 10_001 as Price,
        bidPrice: 2 as Price,
        askPrice: lastPrice,
        volume: 0,
      }),
    ]);
    await buildBars(bench.store, onDate());
    expect(await bars()).toMatchObject([
      { open: "99999999999.9999", close: "1.0001", value: "299999999999.9997", bid_price_avg: "0.0002" },
    ]);
  });

  test("is not made of quotes alone, and carries a price with volume 0 when a tick says so", async () => {
    await insertTicks(bench.db, [
      sampleTick({ eventTimeUs: kst(DATE, "10:00:10"), lastPrice: ABSENT as Price, volume: ABSENT }),
      sampleTick({ eventTimeUs: kst(DATE, "10:01:10"), lastPrice: won(71_500), volume: 0 }),
      sampleTick({ eventTimeUs: kst(DATE, "10:02:10"), lastPrice: won(71_500), volume: ABSENT }),
    ]);
    await buildBars(bench.store, onDate());
    expect(await bars()).toMatchObject([
      { bar_time: kst(DATE, "10:01:00"), open: "71500.0000", close: "71500.0000", volume: 0, vwap: null },
      { bar_time: kst(DATE, "10:02:00"), volume: null, vwap: null },
    ]);
  });

  test.each([
    [0, 2],
    [1, 1],
    [2, 0.5],
  ])("at mitigation level %i is whole with %d ticks a second", async (mitigationLevel, hz) => {
    const start = kst(DATE, "10:00:00");
    await insertTicks(bench.db, sampled(start, (start + MINUTE_US) as TimeUs, { mitigationLevel }, hz));
    await buildBars(bench.store, onDate());
    expect(await bars()).toMatchObject([
      { tick_count: 60 * hz, coverage_ratio: 1, mitigation_level: mitigationLevel, quality_flag: "normal" },
    ]);
  });

  test.each([
    [83, "degraded"],
    [84, "normal"],
    [60, "degraded"],
    [59, "gap"],
  ])("with %i of 120 ticks is %s", async (ticks, flag) => {
    const start = kst(DATE, "10:00:00");
    await insertTicks(bench.db, sampled(start, (start + MINUTE_US) as TimeUs).slice(0, ticks));
    await buildBars(bench.store, onDate());
    expect(await bars()).toMatchObject([{ coverage_ratio: ticks / 120, quality_flag: flag }]);
  });

  test("keeps the venue's volume when frames were dropped, and says what share was seen", async () => {
    const ticks = sampled(kst(DATE, "10:00:00"), kst(DATE, "10:03:00"));
    const kept = ticks.filter((_, index) => index < 120 || index % 4 !== 1);
    await insertTicks(bench.db, kept);
    await buildBars(bench.store, onDate());
    const built = await bars();
    expect(built.map((bar) => [bar.volume, bar.volume_capture, bar.vwap])).toEqual([
      // Nothing was counted before the first minute.
      [1200, null, "71500.0000"],
      [1200, 0.75, "71500.0000"],
      [1200, 0.75, "71500.0000"],
    ]);
    expect(built.map((bar) => bar.value)).toEqual(["85800000.0000", "85800000.0000", "85800000.0000"]);
  });

  test("does not take in what was traded in a silence before it", async () => {
    const before = sampled(kst(DATE, "10:00:00"), kst(DATE, "10:01:00"));
    const after = sampled(kst(DATE, "10:30:00"), kst(DATE, "10:31:00")).map((tick) => ({
      ...tick,
      acmlVolume: tick.acmlVolume + 500_000,
    }));
    await insertTicks(bench.db, [...before, ...after]);
    await buildBars(bench.store, onDate());
    expect((await bars()).map((bar) => [bar.volume, bar.volume_capture])).toEqual([
      [1200, null],
      [1200, null],
    ]);
  });
});

test("volume is not counted from the day before, even where it would agree", async () => {
  await insertTicks(bench.db, [
    sampleTick({ eventTimeUs: kst("2026-01-21", "15:30:00"), acmlVolume: 5_000 }),
    sampleTick({ eventTimeUs: kst(DATE, "10:00:00"), volume: 10, acmlVolume: 5_010 }),
  ]);
  await buildBars(bench.store, onDate());
  expect(await bars()).toMatchObject([{ volume: 10, volume_capture: null }]);
});

describe("the minute of the closing print", () => {
  test.each([
    ["2026-01-22", "15:30:12"],
    ["2026-01-02", "15:30:12"],
    ["2025-11-13", "16:30:12"],
  ])("on %s expects one tick", async (date, clock) => {
    await insertTicks(bench.db, [sampleTick({ eventTimeUs: kst(date, clock) })]);
    await buildBars(bench.store, onDate(tradeDate(date)));
    expect(await bars()).toMatchObject([{ tick_count: 1, coverage_ratio: 1, quality_flag: "normal" }]);
  });

  test("is no print on the exam day at half past three", async () => {
    await insertTicks(bench.db, [sampleTick({ eventTimeUs: kst("2025-11-13", "15:30:12") })]);
    await buildBars(bench.store, onDate(tradeDate("2025-11-13")));
    expect(await bars()).toMatchObject([{ coverage_ratio: 1 / 120, quality_flag: "gap" }]);
  });
});

test("a minute in which the venue opens expects the seconds after the open", async () => {
  const ticks = sampled(kst(DATE, "09:00:30"), kst(DATE, "09:01:00"), { venue: "NXT" });
  await insertTicks(bench.db, ticks);
  await buildBars(bench.store, onDate());
  expect(await bars()).toMatchObject([{ tick_count: 60, coverage_ratio: 1 }]);
});

describe("building a range again", () => {
  test("writes nothing", async () => {
    await insertTicks(bench.db, sampled(kst(DATE, "10:00:00"), kst(DATE, "10:10:00")));
    expect(await buildBars(bench.store, onDate())).toMatchObject({ inserted: 10, updated: 0, ticks: 1200 });
    const versions = await rowVersions(bench.db, "scalp_1m_bars");
    expect(await buildBars(bench.store, onDate())).toMatchObject({ inserted: 0, updated: 0, removed: 0 });
    expect(await rowVersions(bench.db, "scalp_1m_bars")).toEqual(versions);
  });

  test("removes bars whose ticks are gone, of the symbols named", async () => {
    const range = [kst(DATE, "10:00:00"), kst(DATE, "10:02:00")] as const;
    await insertTicks(bench.db, [...sampled(...range), ...sampled(...range, { symbol: "000660" })]);
    await buildBars(bench.store, onDate());
    await bench.db.query("DELETE FROM scalp_ticks WHERE event_time >= $1", [
      new Date(kst(DATE, "10:01:00") / 1000),
    ]);
    expect(await buildBars(bench.store, { ...onDate(), symbols: ["005930"] })).toMatchObject({ removed: 1 });
    expect((await bars()).map((bar) => bar.symbol)).toEqual(["000660", "000660", "005930"]);
  });

  test("lets ticks that cover a minute replace an imported bar, and thinner ones not", async () => {
    await bench.db.query(
      `INSERT INTO scalp_1m_bars (symbol, bar_time, open, high, low, close, volume, session_id, source, ingest_file_id)
       SELECT '005930', t, 1, 1, 1, 1, 1, 'import', 'import', 7 FROM unnest($1::timestamptz[]) AS t`,
      [["10:00:00", "10:01:00"].map((clock) => formatInstant(kst(DATE, clock)))],
    );
    const thin = sampled(kst(DATE, "10:00:00"), kst(DATE, "10:00:41.5"));
    await insertTicks(bench.db, [...thin, ...sampled(kst(DATE, "10:01:00"), kst(DATE, "10:01:42"))]);
    expect(await buildBars(bench.store, onDate())).toMatchObject({ inserted: 0, updated: 1, removed: 0 });
    expect(
      await bench.db.query("SELECT source, ingest_file_id, tick_count FROM scalp_1m_bars ORDER BY bar_time"),
    ).toEqual([
      { source: "import", ingest_file_id: 7, tick_count: null },
      { source: "ticks", ingest_file_id: null, tick_count: 84 },
    ]);
    expect(await buildBars(bench.store, onDate())).toMatchObject({ inserted: 0, updated: 0 });
  });
});
