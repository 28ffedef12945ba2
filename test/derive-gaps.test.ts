import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { deriveForFiles, findGaps } from "../src/derive/index.ts";
import { formatInstant, MINUTE_US, type TimeUs, tradeDate } from "../src/record/index.ts";
import {
  type DeriveBench,
  emptyTables,
  insertDueFile,
  insertTicks,
  loadTicks,
  openDeriveBench,
  rowVersions,
  sampled,
} from "./derive-fixture.ts";
import { kst, sampleTick } from "./sample-records.ts";

let bench: DeriveBench;
beforeAll(async () => {
  bench = await openDeriveBench();
});
afterAll(() => bench.close());
beforeEach(() => emptyTables(bench.db));

const DATE = "2026-01-22";
const at = (clock: string) => kst(DATE, clock);
const day = { from: tradeDate(DATE), to: tradeDate(DATE) };

async function gaps(): Promise<string[]> {
  const rows = await bench.db.query<{ line: string }>(
    `SELECT concat_ws(' ', scope, symbol, to_char(gap_start_ts AT TIME ZONE 'Asia/Seoul', 'HH24:MI:SS.MS'),
       to_char(gap_end_ts AT TIME ZONE 'Asia/Seoul', 'HH24:MI:SS.MS'), gap_seconds, reason) AS line
     FROM scalp_gaps ORDER BY scope, symbol, gap_start_ts`,
  );
  return rows.map((row) => row.line);
}

async function flagged(): Promise<string[]> {
  const rows = await bench.db.query<{ line: string }>(
    `SELECT concat_ws(' ', symbol, to_char(event_time AT TIME ZONE 'Asia/Seoul', 'HH24:MI:SS.MS'), quality_flag) AS line
     FROM scalp_ticks WHERE quality_flag <> 'normal' ORDER BY symbol, event_time, seq`,
  );
  return rows.map((row) => row.line);
}

async function insertLedgerGap(gap: {
  start: string;
  end: string;
  symbol?: string;
  scope?: string;
  fileId?: number;
}): Promise<void> {
  const [startUs, endUs] = [at(gap.start), at(gap.end)];
  await bench.db.query(
    `INSERT INTO scalp_gaps (gap_start_ts, gap_end_ts, gap_seconds, scope, symbol, reason, session_id, ingest_file_id)
     VALUES ($1, $2, $3, $4, $5, 'ws_disconnect', 'ledger', $6)`,
    [
      formatInstant(startUs),
      formatInstant(endUs),
      Math.round((endUs - startUs) / 1e6),
      gap.scope ?? "scalp",
      gap.symbol ?? null,
      gap.fileId ?? null,
    ],
  );
}

/** Samples of two stretches, with silence between them. */
const withSilence = (from: string, silentFrom: string, silentTo: string, to: string) => [
  ...sampled(at(from), at(silentFrom)),
  ...sampled(at(silentTo), at(to)),
];

describe("silence in ticks", () => {
  test("of more than ten seconds is a hole, and the first tick after it says so", async () => {
    await loadTicks(bench.db, 1, withSilence("10:00:00", "10:01:00", "10:03:00", "10:04:00"));
    expect(await deriveForFiles(bench.store)).toMatchObject({ gapsRecorded: 1, gapsRemoved: 0 });
    expect(await gaps()).toEqual(["scalp 005930 10:00:59.500 10:03:00.000 121 back_fill_hole"]);
    expect(await flagged()).toEqual(["005930 10:03:00.000 gap"]);
  });

  test("of ten seconds is none, unless fewer are asked for", async () => {
    await insertTicks(bench.db, withSilence("10:00:00", "10:01:00", "10:01:09.5", "10:02:00"));
    expect(await findGaps(bench.store, day)).toMatchObject({ recorded: 0 });
    expect(await findGaps(bench.store, { ...day, silenceSeconds: 9.9 })).toMatchObject({ recorded: 1 });
    expect(await findGaps(bench.store, day)).toMatchObject({ recorded: 0, removed: 1 });
    expect(await flagged()).toEqual([]);
  });

  test("proves nothing where ticks come only with trades", async () => {
    const trades = Array.from({ length: 50 }, (_, n) =>
      sampleTick({ eventTimeUs: (at("10:00:00") + n * 3_000_000) as TimeUs }),
    );
    await insertTicks(bench.db, [...trades, sampleTick({ eventTimeUs: at("10:30:00") })]);
    expect(await findGaps(bench.store, day)).toMatchObject({ recorded: 0 });
  });

  test("counts from the open and to the auction only", async () => {
    await insertTicks(bench.db, [
      ...withSilence("08:55:00", "08:58:00", "09:00:20", "09:02:00"),
      ...sampled(at("15:15:00"), at("15:19:40")),
      sampleTick({ eventTimeUs: at("15:30:05") }),
    ]);
    await findGaps(bench.store, day);
    expect(await gaps()).toEqual([
      "scalp 005930 09:00:00.000 09:00:20.000 20 back_fill_hole",
      "scalp 005930 09:01:59.500 15:15:00.000 22381 back_fill_hole",
      "scalp 005930 15:19:39.500 15:20:00.000 21 back_fill_hole",
    ]);
  });

  test.each([
    ["2026-01-02", "09:30:00", 0],
    ["2026-01-02", "10:30:00", 1],
    ["2025-11-13", "16:00:00", 1],
    ["2025-11-13", "16:25:00", 0],
    ["2026-01-24", "10:30:00", 0],
  ])("on %s at %s: %i", async (date, clock, expected) => {
    const start = kst(date, clock);
    const minute = (n: number) => (start + n * MINUTE_US) as TimeUs;
    await insertTicks(bench.db, [...sampled(minute(0), minute(1)), ...sampled(minute(2), minute(3))]);
    const only = { from: tradeDate(date), to: tradeDate(date) };
    expect(await findGaps(bench.store, only)).toMatchObject({ recorded: expected });
  });

  test("found again is written once", async () => {
    await insertTicks(bench.db, withSilence("10:00:00", "10:01:00", "10:03:00", "10:04:00"));
    await findGaps(bench.store, day);
    const versions = await rowVersions(bench.db, "scalp_gaps");
    expect(await findGaps(bench.store, day)).toMatchObject({ recorded: 0, removed: 0 });
    expect(await rowVersions(bench.db, "scalp_gaps")).toEqual(versions);
  });
});

describe("a hole that late data", () => {
  beforeEach(async () => {
    const degraded = at("10:03:00");
    const ticks = withSilence("10:00:00", "10:01:00", "10:03:00", "10:04:00");
    await loadTicks(
      bench.db,
      1,
      ticks.map((tick) => (tick.eventTimeUs === degraded ? { ...tick, qualityFlag: "degraded" } : tick)),
    );
    await deriveForFiles(bench.store);
    expect(await flagged()).toEqual(["005930 10:03:00.000 gap"]);
  });

  test("fill is removed, and the tick after it has its own verdict again", async () => {
    await loadTicks(bench.db, 2, sampled(at("10:01:00"), at("10:03:00")));
    expect(await deriveForFiles(bench.store)).toMatchObject({ gapsRecorded: 0, gapsRemoved: 1 });
    expect(await gaps()).toEqual([]);
    expect(await flagged()).toEqual(["005930 10:03:00.000 degraded"]);
  });

  test("shorten begins later, and the tick after it keeps its mark and its verdict", async () => {
    await loadTicks(bench.db, 2, sampled(at("10:01:00"), at("10:02:00")));
    await deriveForFiles(bench.store);
    expect(await gaps()).toEqual(["scalp 005930 10:01:59.500 10:03:00.000 61 back_fill_hole"]);
    expect(await flagged()).toEqual(["005930 10:03:00.000 gap"]);
    await loadTicks(bench.db, 3, sampled(at("10:02:00"), at("10:03:00")));
    await deriveForFiles(bench.store);
    expect(await flagged()).toEqual(["005930 10:03:00.000 degraded"]);
  });

  test("split becomes two", async () => {
    await loadTicks(bench.db, 2, sampled(at("10:01:30"), at("10:02:00")));
    await deriveForFiles(bench.store);
    expect(await gaps()).toEqual([
      "scalp 005930 10:00:59.500 10:01:30.000 31 back_fill_hole",
      "scalp 005930 10:01:59.500 10:03:00.000 61 back_fill_hole",
    ]);
    expect(await flagged()).toEqual(["005930 10:01:30.000 gap", "005930 10:03:00.000 gap"]);
  });

  test("a ledger explains is left to the ledger", async () => {
    await insertLedgerGap({ start: "10:01:00", end: "10:03:00", fileId: 2 });
    await insertDueFile(bench.db, {
      fileId: 2,
      dataset: "gap",
      firstUs: at("10:01:00"),
      lastUs: at("10:01:00"),
    });
    expect(await deriveForFiles(bench.store)).toMatchObject({ filesDerived: 1, gapsRemoved: 1 });
    expect(await gaps()).toEqual(["scalp 10:01:00.000 10:03:00.000 120 ws_disconnect"]);
  });
});

describe("a ledger of gaps", () => {
  const silent = () => withSilence("10:00:00", "10:01:00", "10:02:40", "10:04:00");
  test.each([
    ["all symbols", {}, 0],
    ["every track", { scope: "all" }, 0],
    ["the symbol", { symbol: "005930" }, 0],
    ["another symbol", { symbol: "000660" }, 1],
    ["the other track", { scope: "swing" }, 1],
  ])("of %s", async (_, gap, expected) => {
    await insertTicks(bench.db, silent());
    await insertLedgerGap({ start: "10:01:00", end: "10:02:35", ...gap });
    expect(await findGaps(bench.store, day)).toMatchObject({ recorded: expected });
  });

  test("covers a hole by four fifths, its rows together, overlaps once", async () => {
    await insertTicks(bench.db, silent());
    await insertLedgerGap({ start: "10:01:00", end: "10:02:00" });
    await insertLedgerGap({ start: "10:01:30", end: "10:02:00", symbol: "005930" });
    expect(await findGaps(bench.store, day)).toMatchObject({ recorded: 1 });
    await insertLedgerGap({ start: "10:02:00", end: "10:02:30", scope: "all" });
    expect(await findGaps(bench.store, day)).toMatchObject({ recorded: 0, removed: 1 });
  });
});

describe("missing 10-minute bars", () => {
  const insertBars = async (date: string, clocks: readonly string[], symbol = "005930") => {
    await bench.db.query(
      `INSERT INTO swing_bars_10m (symbol, bar_time, open, high, low, close, volume, session_id, source, ingest_file_id)
       SELECT $1, t, 1, 1, 1, 1, 1, 'a1', 'jsonl', 1 FROM unnest($2::timestamptz[]) AS t`,
      [symbol, clocks.map((clock) => formatInstant(kst(date, clock)))],
    );
  };
  const clocksFrom = (first: number, last: number) =>
    Array.from({ length: (last - first) / 10 + 1 }, (_, n) => {
      const minutes = first + n * 10;
      return `${Math.floor(minutes / 60)}:${minutes % 60}:00`;
    });

  test("are one hole for neighbours, for symbols that have any", async () => {
    const present = clocksFrom(540, 920).filter(
      (clock) => !["10:0:00", "10:10:00", "15:20:00"].includes(clock),
    );
    await insertBars(DATE, present);
    await insertBars(DATE, clocksFrom(540, 920), "000660");
    await insertDueFile(bench.db, {
      fileId: 1,
      dataset: "swing",
      firstUs: at("09:00:00"),
      lastUs: at("15:10:00"),
    });
    expect(await deriveForFiles(bench.store)).toMatchObject({ filesDerived: 1, gapsRecorded: 2 });
    expect(await gaps()).toEqual([
      "swing 005930 10:00:00.000 10:20:00.000 1200 back_fill_hole",
      "swing 005930 15:20:00.000 15:30:00.000 600 back_fill_hole",
    ]);
    await insertBars(DATE, ["10:10:00"]);
    expect(await findGaps(bench.store, day)).toMatchObject({ recorded: 1, removed: 1 });
    expect((await gaps())[0]).toBe("swing 005930 10:00:00.000 10:10:00.000 600 back_fill_hole");
  });

  test.each([
    ["2026-01-02", 600, 920],
    ["2025-11-13", 600, 980],
  ])("are none on %s with the grid of that date", async (date, first, last) => {
    await insertBars(date, clocksFrom(first, last));
    const only = { from: tradeDate(date), to: tradeDate(date) };
    expect(await findGaps(bench.store, only)).toMatchObject({ recorded: 0 });
  });

  test("are none for bars off the grid, as of another market", async () => {
    await insertBars(DATE, ["22:30:00", "23:00:00"]);
    expect(await findGaps(bench.store, day)).toMatchObject({ recorded: 0 });
  });
});
