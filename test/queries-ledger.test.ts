import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { TimeUs } from "../src/record/index.ts";
import {
  countGaps,
  getAllocationDrift,
  getCandidates,
  getCoverage,
  getCriticalGaps,
  getIngestFiles,
  getPositions,
  getRejects,
  getRollingStats,
  getRuns,
  getSignals,
  getSnapshot,
  openStore,
  type Page,
  type Store,
} from "../src/store/index.ts";
import { freshDatabase, type TestDatabase } from "./postgres.ts";
import { kst, won } from "./sample-records.ts";

let db: TestDatabase;
let store: Store;

beforeAll(async () => {
  db = await freshDatabase();
  store = await openStore(db.urls);
  await insertGaps();
  await insertMinuteBars();
  await insertPortfolio();
  await insertAnalysis();
  await insertFiles();
});

afterAll(async () => {
  await store.close();
  await db.drop();
});

async function insertGaps(): Promise<void> {
  const gap = (start: string, seconds: number, scope: string, symbol: string | null = null) =>
    db.query(
      `INSERT INTO scalp_gaps (gap_start_ts, gap_end_ts, gap_seconds, scope, symbol, reason, session_id)
       VALUES ($1::timestamptz, $1::timestamptz + make_interval(secs => $2::int), $2, $3, $4, 'ws_disconnect', 's1')`,
      [start, seconds, scope, symbol],
    );
  await gap("2026-01-21 23:59:00+09", 600, "scalp"); // in UTC the 21st ends nine hours later
  await gap("2026-01-22 00:00:00+09", 30, "swing");
  await gap("2026-01-22 10:00:00+09", 300, "scalp", "005930");
  await gap("2026-01-22 10:00:00+09", 299, "scalp", "000660");
  await gap("2026-01-22 10:04:00+09", 120, "all");
  await gap("2026-01-22 23:59:59+09", 1, "all");
  await gap("2026-01-23 08:59:59+09", 3600, "swing"); // still the 22nd in UTC
  await gap("2026-01-24 12:00:00+09", 0, "scalp");
}

async function insertMinuteBars(): Promise<void> {
  await db.query(`
    INSERT INTO scalp_1m_bars (symbol, bar_time, close, coverage_ratio, session_id)
    SELECT '005930', t, 1, c, 's1'
    FROM unnest('{2026-01-22 00:00+09, 2026-01-22 09:00+09, 2026-01-22 09:01+09, 2026-01-22 23:59+09, 2026-01-23 00:00+09, 2026-01-23 08:59+09}'::timestamptz[],
      '{1, 0.8, 0.5, 0.1, 0.95, NULL}'::float8[]) AS bar (t, c)`);
}

async function insertPortfolio(): Promise<void> {
  await db.query(`
    INSERT INTO portfolio_policy (policy_id, name, rebalance_freq, max_position_pct, rebalance_threshold)
    VALUES ('balanced', 'Balanced', 'daily', 0.5, 0.05)`);
  await db.query(`
    INSERT INTO portfolio_snapshot (snapshot_id, policy_id, snapshot_time, total_value, cash, invested_value, allocation_drift)
    VALUES (1, 'balanced', '2026-01-22 09:31+09', 9999999999999999.9999, 9999999999999990.9998, 9.0001, 0.5),
      (2, 'balanced', '2026-01-21 09:31+09', 100, 100, 0, NULL)`);
  await db.query(`
    INSERT INTO portfolio_positions (snapshot_id, symbol, quantity, avg_price, market_price, price_time, market_value,
      target_weight, current_weight, weight_diff)
    VALUES (1, '005930', 10, 71000.5, 71500, '2026-01-22 09:20+09', 8.0001, 0.2, 0.5, 0.3),
      (1, '000660', 0, NULL, NULL, NULL, 1, 0.4, NULL, -0.4)`);
}

async function insertAnalysis(): Promise<void> {
  const hash = "a".repeat(64);
  await db.query(
    `INSERT INTO analysis_runs (run_id, kind, config, config_hash, input_fingerprint, code_version, seed, started_at, finished_at, state, trials)
     SELECT i, CASE WHEN i % 2 = 0 THEN 'optimize' ELSE 'signals' END, '{"grid": [1, 2]}', $1, $1, '1', 9223372036854775807,
       '2026-01-22 15:40+09'::timestamptz + (i / 3) * interval '1 second', CASE WHEN i < 10 THEN now() END,
       CASE WHEN i < 10 THEN 'finished' ELSE 'running' END, 45
     FROM generate_series(1, 10) i`,
    [hash],
  );
  await db.query(`
    INSERT INTO analysis_threshold_candidates (run_id, symbol, strategy_type, entry_threshold_pct, exit_threshold_pct, backtest_start,
      backtest_end, total_trades, validation, is_optimal)
    SELECT 1 + i % 2, CASE WHEN i % 3 = 0 THEN '000660' ELSE '005930' END, 'swing', 0.01, 0.005, '2026-01-01', '2026-01-31', i,
      'tested', i = 6
    FROM generate_series(1, 25) i`);
  await db.query(`
    INSERT INTO analysis_rolling_stats (symbol, stat_time, window_minutes, source_table, price_mean, price_min, return_stddev, bar_count, run_id)
    SELECT '005930', '2026-01-22 09:00+09'::timestamptz + make_interval(mins => 10 * i), w, 'swing_bars_10m', 71000.5, 71000.25, NULL, w / 10, 1
    FROM generate_series(0, 38) i, unnest('{30, 60}'::int[]) w`);
  await db.query(`
    INSERT INTO analysis_signal_events (symbol, event_time, event_seq, source_table, value_diff_pct, price_at_signal, return_5m_pct, outcome_reason, config_hash)
    SELECT '005930', '2026-01-22 10:00+09'::timestamptz + (i / 4) * interval '1 second', i % 2, 'scalp_ticks', 0.011, 71000, NULL, 'gap',
      lpad(i::text, 64, '0')
    FROM generate_series(0, 99) i`);
}

async function insertFiles(): Promise<void> {
  await db.query(`
    INSERT INTO ingest_files (path, dataset, bytes, state, rows, first_event_time)
    SELECT format('scalp/20260122_%s.jsonl', lpad(i::text, 4, '0')), 'scalp', 100, 'loaded', i, '2026-01-22 09:00+09'
    FROM generate_series(1, 23) i`);
  await db.query(`
    INSERT INTO ingest_rejects (file_id, line, code, field, reason, raw, raw_bytes)
    SELECT file_id, i / 2, 'V-00' || 1 + i % 2, 'price', 'price is not a number', '\\x7b22eab080', 5
    FROM ingest_files, generate_series(1, 9) i WHERE rows IN (1, 2)`);
}

async function walk<Row>(read: (cursor: string | null) => Promise<Page<Row>>): Promise<Row[]> {
  const rows: Row[] = [];
  let cursor: string | null = null;
  do {
    const page: Page<Row> = await read(cursor);
    rows.push(...page.rows);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return rows;
}

describe("gaps are counted", () => {
  test.each<["scalp" | "swing" | "all", string, string, number]>([
    ["scalp", "2026-01-21", "2026-01-21", 1],
    ["scalp", "2026-01-22", "2026-01-22", 4],
    ["swing", "2026-01-22", "2026-01-22", 3],
    ["all", "2026-01-22", "2026-01-22", 5],
    ["swing", "2026-01-23", "2026-01-23", 1],
    ["scalp", "2026-01-23", "2026-01-23", 0],
    ["all", "2026-01-21", "2026-01-24", 8],
    ["all", "2025-01-01", "2025-12-31", 0],
  ])("that touch %s and began from %s to %s, in Korea", async (scope, first, last, gaps) => {
    expect(await countGaps(store, scope, first, last)).toBe(gaps);
  });

  test("critical ones are listed by their beginning", async () => {
    const read = (cursor: string | null) =>
      getCriticalGaps(store, "2026-01-21", "2026-01-24", { limit: 1, cursor });
    const gaps = await walk(read);
    expect(gaps.map((gap) => [gap.gapStartUs, gap.gapSeconds, gap.scope, gap.symbol])).toEqual([
      [kst("2026-01-21", "23:59:00"), 600, "scalp", null],
      [kst("2026-01-22", "10:00:00"), 300, "scalp", "005930"],
      [kst("2026-01-23", "08:59:59"), 3600, "swing", null],
    ]);
    expect(gaps.every((gap) => gap.severity === "critical")).toBe(true);
    const { rows } = await getCriticalGaps(store, "2026-01-22", "2026-01-22");
    expect(rows.map((gap) => gap.symbol)).toEqual(["005930"]);
  });
});

describe("coverage", () => {
  const none = { A: 0, B: 0, C: 0, D: 0, ungraded: 0 };

  test("is by symbol and Korean date, gaps cut at midnight and united", async () => {
    const rows = await getCoverage(store, { startDate: "2026-01-21", endDate: "2026-01-24" });
    const bySymbol = (symbol: string) => rows.filter((row) => row.symbol === symbol);
    expect(bySymbol("005930")).toEqual([
      {
        symbol: "005930",
        tradeDate: "2026-01-21",
        bars: 0,
        meanCoverage: null,
        grades: none,
        gapSeconds: 60,
      },
      {
        symbol: "005930",
        tradeDate: "2026-01-22",
        bars: 4,
        meanCoverage: expect.closeTo(0.6, 12),
        grades: { A: 1, B: 1, C: 1, D: 1, ungraded: 0 },
        // 540 s after midnight; 10:00–10:05 of its own united with 10:04–10:06 of all; the last second.
        gapSeconds: 540 + 360 + 1,
      },
      {
        symbol: "005930",
        tradeDate: "2026-01-23",
        bars: 2,
        meanCoverage: expect.closeTo(0.95, 12),
        grades: { A: 1, B: 0, C: 0, D: 0, ungraded: 1 },
        gapSeconds: 0,
      },
    ]);
    // Seen only in a gap of its own: a lost day is a row.
    expect(bySymbol("000660").map((row) => [row.tradeDate, row.bars, row.gapSeconds])).toEqual([
      ["2026-01-21", 0, 60],
      ["2026-01-22", 0, 540 + 360 + 1],
    ]);
    expect(rows.map((row) => row.symbol)).not.toContain(null);
  });

  test("of a named symbol without any bar shows the gaps of all symbols", async () => {
    const symbols = ["035720"];
    const rows = await getCoverage(store, { symbols, startDate: "2026-01-22", endDate: "2026-01-23" });
    expect(rows.map((row) => [row.symbol, row.tradeDate, row.bars, row.gapSeconds])).toEqual([
      ["035720", "2026-01-22", 0, 540 + 120 + 1],
    ]);
  });

  test("of days without bars or gaps is empty", async () => {
    expect(await getCoverage(store, { startDate: "2026-02-01", endDate: "2026-02-28" })).toEqual([]);
  });
});

describe("the portfolio", () => {
  test("snapshot is exact to the last digit", async () => {
    const snapshot = await getSnapshot(store, 1);
    expect(snapshot).toMatchObject({
      snapshotId: 1,
      snapshotTimeUs: kst("2026-01-22", "09:31:00"),
      totalValue: 99_999_999_999_999_999_999n,
      cash: 99_999_999_999_999_909_998n,
      investedValue: 90_001n,
      positionCount: 2,
      positionsValue: 90_001n,
    });
    expect(await getSnapshot(store, "latest")).toEqual(snapshot);
    expect(await getSnapshot(store, 2n)).toMatchObject({
      allocationDrift: null,
      positionCount: 0,
      positionsValue: 0n,
    });
    expect(await getSnapshot(store, 3)).toBeNull();
  });

  test("positions keep null where nothing was known", async () => {
    const positions = await getPositions(store, 1);
    expect(positions.map((position) => position.symbol)).toEqual(["000660", "005930"]);
    expect(positions[0]).toMatchObject({
      quantity: 0,
      avgPrice: null,
      priceTimeUs: null,
      currentWeight: null,
    });
    expect(positions[1]).toMatchObject({
      avgPrice: won(71_000.5),
      priceTimeUs: kst("2026-01-22", "09:20:00"),
      priceIsStale: false,
      marketValue: 80_001n,
    });
    expect(await getPositions(store, 2)).toEqual([]);
  });

  test("drift is √Σ(current − target)², beside what was stored", async () => {
    const drift = await getAllocationDrift(store, 1);
    expect(drift).toMatchObject({ policyId: "balanced", storedDrift: 0.5, rebalanceThreshold: 0.05 });
    expect(drift?.recomputedDrift).toBeCloseTo(0.5, 12);
    expect(await getAllocationDrift(store, 2)).toMatchObject({ storedDrift: null, recomputedDrift: 0 });
    expect(await getAllocationDrift(store, 99)).toBeNull();
  });
});

describe("analysis", () => {
  const open = kst("2026-01-22", "09:00:00");
  const close = kst("2026-01-22", "15:30:00");

  test("rolling statistics of one window, walked page by page", async () => {
    const asked = {
      symbol: "005930",
      sourceTable: "swing_bars_10m",
      windowMinutes: 60,
      start: open,
      end: close,
    } as const;
    const rows = await walk((cursor) => getRollingStats(store, asked, { limit: 7, cursor }));
    expect(rows).toHaveLength(39);
    expect(rows.map((row) => row.statTimeUs)).toEqual(
      [...rows.map((row) => row.statTimeUs)].sort((a, b) => a - b),
    );
    expect(rows[0]).toMatchObject({
      statTimeUs: open,
      windowMinutes: 60,
      priceMean: 71_000.5,
      priceMin: won(71_000.25),
      returnStddev: null,
      barCount: 6,
      spansSession: null,
      runId: 1,
    });
    expect((await getRollingStats(store, { ...asked, sourceTable: "scalp_1m_bars" })).rows).toEqual([]);
  });

  test("signals, several at one instant, walked page by page", async () => {
    const rows = await walk((cursor) => getSignals(store, "005930", open, close, { limit: 3, cursor }));
    expect(new Set(rows.map((row) => row.eventId)).size).toBe(100);
    expect(rows).toHaveLength(100);
    expect(rows[0]).toMatchObject({ priceAtSignal: won(71_000), return5mPct: null, outcomeReason: "gap" });
    const half = (kst("2026-01-22", "10:00:00") + 12_000_000) as TimeUs;
    expect((await getSignals(store, "005930", open, half)).rows).toHaveLength(48);
  });

  test("candidates newest first, by every filter", async () => {
    const rows = await walk((cursor) => getCandidates(store, {}, { limit: 4, cursor }));
    expect(rows.map((row) => row.totalTrades)).toEqual(Array.from({ length: 25 }, (_, i) => 25 - i));
    const trades = async (filter: Parameters<typeof getCandidates>[1]) =>
      (await getCandidates(store, filter)).rows.map((row) => row.totalTrades);
    expect(await trades({ symbol: "000660" })).toEqual([24, 21, 18, 15, 12, 9, 6, 3]);
    expect(await trades({ symbol: "000660", runId: 2 })).toEqual([21, 15, 9, 3]);
    expect(await trades({ optimalOnly: true })).toEqual([6]);
    expect(await trades({ strategyType: "scalp" })).toEqual([]);
    expect(rows[0]).toMatchObject({
      entryThresholdPct: 0.01,
      sharpeRatio: null,
      validation: "tested",
      isOptimal: false,
    });
  });

  test("runs newest first, several in one instant", async () => {
    const rows = await walk((cursor) => getRuns(store, {}, { limit: 2, cursor }));
    expect(rows.map((run) => run.runId)).toEqual([10, 9, 8, 7, 6, 5, 4, 3, 2, 1]);
    expect(rows[0]).toMatchObject({
      state: "running",
      finishedAtUs: null,
      seed: "9223372036854775807",
      config: { grid: [1, 2] },
      trials: 45,
    });
    const odd = await getRuns(store, { kind: "signals", state: "finished" });
    expect(odd.rows.map((run) => run.runId)).toEqual([9, 7, 5, 3, 1]);
  });
});

describe("what was loaded", () => {
  test("files in order of path", async () => {
    const files = await walk((cursor) => getIngestFiles(store, { limit: 5, cursor }));
    expect(files.map((file) => file.rows)).toEqual(Array.from({ length: 23 }, (_, i) => i + 1));
    expect(files[0]).toMatchObject({
      sha256: null,
      firstEventUs: kst("2026-01-22", "09:00:00"),
      lastEventUs: null,
    });
  });

  test("rejected lines of one file", async () => {
    const path = "scalp/20260122_0002.jsonl";
    const rejects = await walk((cursor) => getRejects(store, path, { limit: 2, cursor }));
    expect(rejects.map((reject) => reject.line)).toEqual([0, 1, 1, 2, 2, 3, 3, 4, 4]);
    expect(rejects[0]).toMatchObject({ path, code: "V-002", rawText: '{"\\352\\260\\200', rawBytes: 5 });
    expect((await getRejects(store, "scalp/unknown.jsonl")).rows).toEqual([]);
  });
});

describe("arguments are refused", () => {
  const unknown = (name: string) => name as "scalp";
  const window = {
    symbol: "005930",
    sourceTable: "scalp_1m_bars",
    windowMinutes: 60,
    start: 0 as TimeUs,
    end: 1 as TimeUs,
  } as const;

  test.each<[string, () => Promise<unknown>]>([
    ["an unknown scope", () => countGaps(store, unknown("tick"), "2026-01-01", "2026-01-02")],
    ["30 February", () => countGaps(store, "all", "2026-02-30", "2026-03-01")],
    ["a date without dashes", () => getCriticalGaps(store, "20260122", "2026-01-23")],
    ["dates that run backwards", () => getCriticalGaps(store, "2026-01-23", "2026-01-22")],
    [
      "an instant for a date",
      () => getCoverage(store, { startDate: "2026-01-22T00:00:00Z", endDate: "2026-01-23" }),
    ],
    ["no symbols", () => getCoverage(store, { startDate: "2026-01-22", endDate: "2026-01-23", symbols: [] })],
    ["snapshot 0", () => getSnapshot(store, 0)],
    ["snapshot 1.5", () => getPositions(store, 1.5)],
    ["a snapshot beyond BIGINT", () => getAllocationDrift(store, 2n ** 63n)],
    ["an unknown strategy", () => getCandidates(store, { strategyType: unknown("hodl") })],
    ["an empty kind", () => getRuns(store, { kind: "" })],
    ["a window of 0 minutes", () => getRollingStats(store, { ...window, windowMinutes: 0 })],
    ["a path with NUL", () => getRejects(store, "scalp/\0")],
    [
      "an unknown source",
      () => getRollingStats(store, { ...window, sourceTable: "scalp_ticks" as "scalp_1m_bars" }),
    ],
  ])("%s", async (_, act) => {
    await expect(act()).rejects.toMatchObject({ code: "OBS_ARGUMENT_INVALID", exitCode: 2 });
  });
});
