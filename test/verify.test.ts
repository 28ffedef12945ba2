import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { CHECKS, type RepairReport, repair, type VerifyOptions, verify } from "../src/verify/index.ts";
import type { TestDatabase } from "./postgres.ts";
import { closeConnections, copyOf, type DatabaseCopy, NOW_US, validDatabase } from "./verify-fixture.ts";

let valid: TestDatabase;
let copy: DatabaseCopy;
beforeAll(async () => {
  valid = await validDatabase();
  await closeConnections(valid);
});
afterAll(() => valid.drop());
beforeEach(async () => {
  copy = await copyOf(valid.name);
});
afterEach(() => copy.drop());

let ticksOfClock = 0;
const OPTIONS = { nowUs: NOW_US, clockMs: () => ticksOfClock++ } satisfies VerifyOptions;

const failures = async (options: Partial<VerifyOptions> = {}) => {
  const { checks } = await verify(copy.store, { ...OPTIONS, ...options });
  return checks.filter(({ result }) => result.kind === "failed");
};

describe("a database without faults", () => {
  test("passes every check that can look at it", async () => {
    const { passed, checks } = await verify(copy.store, OPTIONS);
    expect(checks.flatMap(({ name, result }) => (result.kind === "failed" ? [[name, result]] : []))).toEqual(
      [],
    );
    expect(passed).toBe(true);
    const skipped = checks.filter(({ result }) => result.kind === "skipped").map(({ name }) => name);
    expect(skipped).toEqual(["files-on-disk", "hot-query-plans"]);
    const noted = Object.fromEntries(
      checks.flatMap(({ name, result }) => (result.kind === "noted" ? [[name, result.rows]] : [])),
    );
    expect(noted["coverage-distribution"]).toContainEqual({
      quality_grade: "A",
      bars: 24,
      mean_coverage: 1,
      least_coverage: 1,
    });
    expect(noted["quality-distribution"]).toContainEqual({
      table_name: "swing_bars_10m",
      quality_flag: "normal",
      source: "kis",
      bars: 234,
      with_quotes: 234,
    });
  });

  test("tells progress and time by the clock it is given", async () => {
    const told: (string | null)[] = [];
    const report = await verify(copy.store, {
      ...OPTIONS,
      checks: ["gap-rows", "swing-returns"],
      onProgress: ({ check }) => told.push(check),
    });
    expect(told).toEqual(["swing-returns", "gap-rows", null]);
    expect(report.checks.map(({ seconds }) => seconds)).toEqual([0.001, 0.001]);
    expect(report.seconds).toBe(0.005);
  });

  test("crossed quotes are no fault in an auction", async () => {
    await copy.query("UPDATE swing_bars_10m SET bid_price = 71000 WHERE bar_time = '2026-01-06 15:20+09'");
    expect(await failures()).toEqual([]);
  });

  test("a table, column or index of the user's own is no fault", async () => {
    await copy.query(
      "CREATE TABLE mine (a INTEGER CHECK (a > 0)); ALTER TABLE symbols ADD COLUMN note TEXT; CREATE INDEX mine_too ON symbols (note)",
    );
    expect(await failures()).toEqual([]);
  });
});

interface Defect {
  name: string;
  plant: string;
  /** Checks that must fail, and no other; of the first a sample must match. */
  fails: readonly [string, ...string[]];
  sample: Record<string, unknown>;
  mended: boolean;
}

const TICK = "symbol = '005930' AND event_time = '2026-01-05 09:05:00.1+09'";
const MINUTE = "symbol = '005930' AND bar_time = '2026-01-05 09:05+09'";
const BARS = "minute-bars-match-ticks";

const DEFECTS: readonly Defect[] = [
  {
    name: "an index is gone",
    plant: "DROP INDEX idx_swing_10m_session",
    fails: ["schema-manifest"],
    sample: { kind: "missing", what: "index idx_swing_10m_session" },
    mended: true,
  },
  {
    name: "a primary key is gone",
    plant: "ALTER TABLE scalp_1m_bars DROP CONSTRAINT scalp_1m_bars_pkey",
    fails: ["schema-manifest"],
    sample: { kind: "missing", what: "index scalp_1m_bars_pkey" },
    mended: true,
  },
  {
    name: "the key and the BRIN of a partitioned table are gone",
    plant: "ALTER TABLE scalp_ticks DROP CONSTRAINT scalp_ticks_pkey; DROP INDEX idx_scalp_ticks_brin",
    fails: ["schema-manifest"],
    sample: { kind: "missing", what: "index scalp_ticks_pkey" },
    mended: true,
  },
  {
    name: "a trigger is gone",
    plant: "DROP TRIGGER swing_returns_insert ON swing_bars_10m",
    fails: ["schema-manifest"],
    sample: { kind: "missing", what: "trigger swing_bars_10m.swing_returns_insert" },
    mended: true,
  },
  {
    name: "a constraint is gone",
    plant: "ALTER TABLE scalp_gaps DROP CONSTRAINT scalp_gaps_scope_check",
    fails: ["schema-manifest"],
    sample: { kind: "missing", what: "constraint scalp_gaps.scalp_gaps_scope_check" },
    mended: true,
  },
  {
    name: "a column is gone",
    plant: "ALTER TABLE symbols DROP COLUMN kind",
    fails: ["schema-manifest"],
    sample: { kind: "missing", what: "column symbols.kind" },
    mended: false,
  },
  {
    name: "a table is gone",
    plant: "DROP TABLE corporate_actions",
    fails: ["schema-manifest"],
    sample: { kind: "missing", what: "table corporate_actions" },
    mended: false,
  },
  {
    name: "a generated expression is another",
    plant: `ALTER TABLE scalp_gaps DROP COLUMN severity;
      ALTER TABLE scalp_gaps ADD COLUMN severity VARCHAR(10) GENERATED ALWAYS AS ('minor') STORED`,
    fails: ["schema-manifest"],
    sample: { kind: "different", what: "column scalp_gaps.severity" },
    mended: false,
  },
  {
    name: "a function was replaced",
    plant:
      "CREATE OR REPLACE FUNCTION refuse_ledger_change() RETURNS TRIGGER LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'",
    fails: ["schema-manifest"],
    sample: { kind: "different", what: "function refuse_ledger_change()" },
    mended: false,
  },
  {
    name: "a constraint was added that refuses our rows",
    plant: "ALTER TABLE swing_bars_10m ADD CONSTRAINT stranger CHECK (volume < 1000)",
    fails: ["schema-manifest"],
    sample: { kind: "unexpected", what: "constraint swing_bars_10m.stranger" },
    mended: false,
  },
  {
    name: "a partition holds ten days",
    plant: `CREATE TABLE scalp_ticks_202701 PARTITION OF scalp_ticks
      FOR VALUES FROM ('2027-01-10 00:00+09') TO ('2027-01-20 00:00+09');
      SELECT move_hot_bound('2025-12-31 00:00+09')`,
    fails: ["partition-bounds"],
    sample: { partition_name: "scalp_ticks_202701", defect: "not one Korean calendar month" },
    mended: false,
  },
  {
    name: "a month of ticks is gone without an archive",
    plant: "DROP TABLE scalp_ticks_202601",
    fails: ["partition-bounds", "partitions-ahead", "tick-files"],
    sample: {
      partition_name: "scalp_ticks_202601",
      defect: "bars made from ticks, but no partition and no archive",
    },
    mended: false,
  },
  {
    name: "next month's partition is missing",
    plant: "DROP TABLE scalp_ticks_202602",
    fails: ["partitions-ahead"],
    sample: { partition_name: "scalp_ticks_202602" },
    mended: true,
  },
  {
    name: "the hot bound has not moved for months",
    plant: "SELECT move_hot_bound('2025-10-01 00:00+09')",
    fails: ["hot-bound"],
    sample: { object: "partition_management", defect: "not moved for long" },
    mended: true,
  },
  {
    name: "a hot index is gone",
    plant: "DROP INDEX idx_scalp_ticks_hot_202601",
    fails: ["hot-bound"],
    sample: { object: "scalp_ticks_202601", defect: "no hot index" },
    mended: true,
  },
  {
    name: "the calendar lacks a day",
    plant: "DELETE FROM market_sessions WHERE trade_date = '2026-01-07'",
    fails: ["market-calendar"],
    sample: { trade_date: "2026-01-07", stored: "missing" },
    mended: true,
  },
  {
    name: "the calendar has other hours",
    plant:
      "UPDATE market_sessions SET continuous_end_time = close_time WHERE trade_date = '2026-01-07' AND venue = 'KRX'",
    fails: ["market-calendar"],
    sample: { trade_date: "2026-01-07" },
    mended: true,
  },
  {
    name: "a tick has a bid above its ask",
    plant: `UPDATE scalp_ticks SET bid_price = ask_price + 100 WHERE ${TICK}`,
    fails: ["tick-values", BARS],
    sample: { symbol: "005930", event_time: "2026-01-05T09:05:00.100+09:00", defect: "bid above ask" },
    mended: false,
  },
  {
    name: "a tick has no price",
    plant: `UPDATE scalp_ticks SET last_price = NULL, bid_price = NULL WHERE ${TICK}`,
    fails: ["tick-values", BARS],
    sample: { symbol: "005930", defect: "no price" },
    mended: false,
  },
  {
    name: "a tick has a price of 0",
    plant: `UPDATE scalp_ticks SET ask_price = 0, bid_price = NULL WHERE ${TICK}`,
    fails: ["tick-values", BARS],
    sample: { defect: "a price not above 0" },
    mended: false,
  },
  {
    name: "a tick has a negative size",
    plant: `UPDATE scalp_ticks SET bid_size = -1 WHERE ${TICK}`,
    fails: ["tick-values"],
    sample: { defect: "a negative amount" },
    mended: false,
  },
  {
    name: "a tick has a flag nobody knows",
    plant: `UPDATE scalp_ticks SET quality_flag = 'A' WHERE ${TICK}`,
    fails: ["tick-values"],
    sample: { defect: "an unknown quality flag" },
    mended: false,
  },
  {
    name: "a tick has a mitigation level nobody knows",
    plant: `UPDATE scalp_ticks SET mitigation_level = NULL WHERE ${TICK}`,
    fails: ["tick-values"],
    sample: { defect: "an unknown mitigation level" },
    mended: false,
  },
  ...(
    [
      ["open = NULL", "a price is missing"],
      ["volume = NULL", "the volume is missing"],
      ["quality_flag = NULL", "the quality flag is missing"],
      ["low = 0", "a price not above 0"],
      ["volume = -1", "a negative amount"],
      ["high = 69000", "high below another price"],
      ["low = 70200", "low above another price"],
      ["bid_price = 70200", "bid above ask"],
    ] as const
  ).map(
    ([change, defect]): Defect => ({
      name: `a 10-minute bar has ${change}`,
      plant: `UPDATE swing_bars_10m SET ${change} WHERE symbol = '005930' AND bar_time = '2026-01-06 11:00+09'`,
      fails: ["swing-bar-values"],
      sample: { symbol: "005930", bar_time: "2026-01-06T11:00:00.000+09:00", defect },
      mended: false,
    }),
  ),
  ...(
    [
      ["open = NULL", "a price is missing"],
      ["quality_flag = NULL", "the quality flag is missing"],
      ["bar_time = bar_time + interval '1 second'", "not the start of a minute"],
      ["low = 0", "a price not above 0"],
      ["volume = -1", "a negative amount, or no tick"],
      ["high = 70050", "high below another price"],
      ["low = 70050", "low above another price"],
    ] as const
  ).map(
    ([change, defect]): Defect => ({
      name: `a 1-minute bar has ${change}`,
      plant: `UPDATE scalp_1m_bars SET ${change} WHERE source = 'import'`,
      fails: ["minute-bar-values"],
      sample: { symbol: "005930", defect },
      mended: false,
    }),
  ),
  ...(
    [
      ["close = NULL", "the close is missing"],
      ["prev_close = 0", "a price not above 0"],
      ["volume = -1", "a negative volume"],
      ["high = 70100", "high below another price"],
      ["low = 70100", "low above another price"],
    ] as const
  ).map(
    ([change, defect]): Defect => ({
      name: `a daily price has ${change}`,
      plant: `UPDATE eod_prices SET ${change}`,
      fails: ["daily-price-values"],
      sample: { symbol: "005930", trade_date: "2026-01-05", defect },
      mended: false,
    }),
  ),
  {
    name: "a minute has another coverage than its ticks",
    plant: `UPDATE scalp_1m_bars SET coverage_ratio = 0.4, quality_flag = 'gap' WHERE ${MINUTE}`,
    fails: ["coverage-definition", BARS],
    sample: { bar_time: "2026-01-05T09:05:00.000+09:00", defect: "not ticks / ticks expected" },
    mended: true,
  },
  {
    name: "a minute has no coverage",
    plant: `UPDATE scalp_1m_bars SET coverage_ratio = NULL WHERE ${MINUTE}`,
    fails: ["coverage-definition", BARS],
    sample: { defect: "missing" },
    mended: true,
  },
  {
    name: "a minute has a flag that does not follow from its coverage",
    plant: `UPDATE scalp_1m_bars SET quality_flag = 'degraded' WHERE ${MINUTE}`,
    fails: ["coverage-definition"],
    sample: { defect: "the flag does not follow" },
    mended: true,
  },
  {
    name: "an imported minute has a coverage above 1",
    plant: `ALTER TABLE scalp_1m_bars DROP CONSTRAINT scalp_1m_bars_coverage_ratio_check;
      UPDATE scalp_1m_bars SET coverage_ratio = 1.5 WHERE source = 'import'`,
    fails: ["coverage-definition", "schema-manifest"],
    sample: { defect: "not between 0 and 1", coverage_ratio: 1.5 },
    mended: false,
  },
  ...(
    [
      ["open", "70300"],
      ["high", "70650"],
      ["low", "69950"],
      ["close", "70300"],
      ["volume", "1"],
      ["value", "1"],
      ["vwap", "70001"],
      ["bid_price_avg", "70001"],
      ["ask_price_avg", "70001"],
      ["volume_capture", "0.5"],
      ["session_id", "'other'"],
    ] as const
  ).map(
    ([column, value]): Defect => ({
      name: `a minute has another ${column} than its ticks`,
      plant: `UPDATE scalp_1m_bars SET ${column} = ${value} WHERE ${MINUTE}`,
      fails: [BARS],
      sample: { symbol: "005930", defect: "different", differs_in: column },
      mended: true,
    }),
  ),
  {
    name: "a minute counts other ticks, at another level",
    plant: `UPDATE scalp_1m_bars SET tick_count = 60, mitigation_level = 1 WHERE ${MINUTE}`,
    fails: [BARS],
    sample: { defect: "different", differs_in: "tick_count, mitigation_level" },
    mended: true,
  },
  {
    name: "a minute with ticks has no bar",
    plant: `DELETE FROM scalp_1m_bars WHERE ${MINUTE}`,
    fails: [BARS],
    sample: { symbol: "005930", bar_time: "2026-01-05T09:05:00.000+09:00", defect: "missing" },
    mended: true,
  },
  {
    name: "a tick came in after the bars were built",
    plant: `INSERT INTO scalp_ticks (symbol, event_time, seq, last_price, volume, session_id)
      VALUES ('005930', '2026-01-06 09:02:30.1+09', 1, 70400, 2, 'live')`,
    fails: [BARS],
    sample: { bar_time: "2026-01-06T09:02:00.000+09:00", defect: "different" },
    mended: true,
  },
  {
    name: "a bar made from ticks has none",
    plant: `INSERT INTO scalp_1m_bars (symbol, bar_time, open, high, low, close, volume, tick_count, coverage_ratio,
        session_id, source)
      VALUES ('005930', '2026-01-06 13:00+09', 70000, 70000, 70000, 70000, 1, 120, 1, 'live', 'ticks')`,
    fails: [BARS],
    sample: { bar_time: "2026-01-06T13:00:00.000+09:00", defect: "no priced tick" },
    mended: false,
  },
  {
    name: "a 10-minute bar has another return",
    plant: `ALTER TABLE swing_bars_10m DISABLE TRIGGER USER;
      UPDATE swing_bars_10m SET returns_pct = 0.5 WHERE symbol = '000660' AND bar_time = '2026-01-06 09:00+09';
      ALTER TABLE swing_bars_10m ENABLE TRIGGER USER`,
    fails: ["swing-returns"],
    sample: { symbol: "000660", bar_time: "2026-01-06T09:00:00.000+09:00", returns_pct: "0.50000000" },
    mended: true,
  },
  {
    name: "a gap has another length",
    plant: "UPDATE scalp_gaps SET gap_seconds = 6 WHERE ingest_file_id = 3",
    fails: ["gap-rows"],
    sample: { defect: "length is not end − start", gap_seconds: 6 },
    mended: true,
  },
  {
    name: "a gap is open though its session has ended",
    plant: `INSERT INTO scalp_gaps (gap_start_ts, gap_end_ts, gap_seconds, scope, is_open, session_id)
      VALUES ('2026-01-07 14:00+09', '2026-01-07 14:00:30+09', 30, 'scalp', TRUE, 'live')`,
    fails: ["gap-rows"],
    sample: { defect: "open, though its session has ended" },
    mended: true,
  },
  {
    name: "two gaps of a session overlap",
    plant: `INSERT INTO scalp_gaps (gap_start_ts, gap_end_ts, gap_seconds, scope, symbol, session_id)
      VALUES ('2026-01-05 11:00:30+09', '2026-01-05 11:02+09', 90, 'scalp', '005930', 'file')`,
    fails: ["gap-rows"],
    sample: { defect: "overlaps an earlier gap of its session", symbol: "005930" },
    mended: false,
  },
  {
    name: "10-minute bars are missing within a day",
    plant:
      "DELETE FROM swing_bars_10m WHERE symbol = '000660' AND bar_time BETWEEN '2026-01-06 11:00+09' AND '2026-01-06 11:20+09'",
    fails: ["swing-series-holes"],
    sample: {
      symbol: "000660",
      missing_bars: 3,
      hole_from: "2026-01-06T11:00:00.000+09:00",
      hole_to: "2026-01-06T11:30:00.000+09:00",
    },
    mended: true,
  },
  {
    name: "a symbol of the universe has no bar all day",
    plant: "INSERT INTO universe_daily (trade_date, symbol, rank) VALUES ('2026-01-06', '035720', 3)",
    fails: ["swing-series-holes"],
    sample: { symbol: "035720", trade_date: "2026-01-06", missing_bars: 39 },
    mended: true,
  },
  {
    name: "no symbol has a bar on a trading day",
    plant:
      "DELETE FROM swing_bars_10m WHERE bar_time BETWEEN '2026-01-06 00:00+09' AND '2026-01-06 23:00+09'",
    fails: ["swing-series-holes"],
    sample: { symbol: null, trade_date: "2026-01-06", missing_bars: 39 },
    mended: true,
  },
  {
    name: "a silence is not in the gap ledger",
    plant: "DELETE FROM scalp_gaps WHERE reason = 'back_fill_hole'",
    fails: ["tick-silences"],
    sample: {
      symbol: "000660",
      silent_from: "2026-01-05T09:02:59.600+09:00",
      silent_to: "2026-01-05T09:03:30.100+09:00",
      silent_seconds: 30.5,
    },
    mended: true,
  },
  {
    name: "live ticks are gone",
    plant: `DELETE FROM scalp_ticks
      WHERE symbol = '005930' AND event_time BETWEEN '2026-01-06 09:02:10+09' AND '2026-01-06 09:02:25+09'`,
    fails: ["tick-silences", BARS],
    sample: { symbol: "005930", silent_from: "2026-01-06T09:02:09.600+09:00" },
    mended: true,
  },
  {
    name: "a normal bar lies after the session",
    plant: `INSERT INTO swing_bars_10m (symbol, bar_time, open, high, low, close, volume, session_id)
      VALUES ('005930', '2026-01-06 16:00+09', 70000, 70000, 70000, 70000, 1, 'live')`,
    fails: ["swing-slots"],
    sample: { bar_time: "2026-01-06T16:00:00.000+09:00", defect: "outside the session" },
    mended: false,
  },
  {
    name: "a normal bar lies between two slots",
    plant: `INSERT INTO swing_bars_10m (symbol, bar_time, open, high, low, close, volume, session_id)
      VALUES ('005930', '2026-01-06 10:05+09', 70000, 70000, 70000, 70000, 1, 'live')`,
    fails: ["swing-slots"],
    sample: { bar_time: "2026-01-06T10:05:00.000+09:00", defect: "between two slots" },
    mended: false,
  },
  {
    name: "a minute lies on a Sunday",
    plant: `INSERT INTO scalp_1m_bars (symbol, bar_time, open, high, low, close, session_id, source)
      VALUES ('005930', '2026-01-04 10:00+09', 70000, 70000, 70000, 70000, 'import', 'import')`,
    fails: ["minute-days"],
    sample: { symbol: "005930", trade_date: "2026-01-04", bars: 1 },
    mended: false,
  },
  ...(["loading", "failed", "changed"] as const).map(
    (state): Defect => ({
      name: `a file is ${state}`,
      plant: `UPDATE ingest_files SET state = '${state}', error = 'cut off' WHERE file_id = 3`,
      fails: ["files-settled"],
      sample: { file_id: 3, state, error: "cut off" },
      mended: false,
    }),
  ),
  {
    name: "the bars of a file are still due",
    plant: "UPDATE ingest_files SET derived_at = NULL WHERE file_id = 1",
    fails: ["files-settled"],
    sample: { file_id: 1, state: "loaded, bars and gaps are due" },
    mended: false,
  },
  {
    name: "a line of a file is not accounted for",
    plant: "UPDATE ingest_files SET lines = lines + 1 WHERE file_id = 2",
    fails: ["file-lines"],
    sample: { file_id: 2, lines: 79, accounted_for: 78 },
    mended: false,
  },
  {
    name: "a reject is gone",
    plant: "DELETE FROM ingest_rejects",
    fails: ["file-rejects"],
    sample: { file_id: 1, counted: 1, held: 0 },
    mended: false,
  },
  {
    name: "a tick claims a file the ledger does not know",
    plant: `UPDATE scalp_ticks SET ingest_file_id = 99 WHERE ${TICK}`,
    fails: ["tick-files"],
    sample: { file_id: 99, state: "not in the ledger", rows_loaded: 0, rows_present: 1 },
    mended: false,
  },
  {
    name: "a bar of a file is gone",
    plant: "DELETE FROM swing_bars_10m WHERE symbol = '005930' AND bar_time = '2026-01-05 11:00+09'",
    fails: ["bar-files", "swing-series-holes"],
    sample: { file_id: 2, kind: "swing", rows_loaded: 78, rows_present: 77 },
    mended: false,
  },
  {
    name: "a gap of a file is gone",
    plant: "DELETE FROM scalp_gaps WHERE ingest_file_id = 3",
    fails: ["bar-files"],
    sample: { file_id: 3, kind: "gap", rows_loaded: 1, rows_present: 0 },
    mended: false,
  },
  {
    name: "a bar claims a file of gaps",
    plant:
      "UPDATE swing_bars_10m SET ingest_file_id = 3 WHERE symbol = '005930' AND bar_time = '2026-01-06 11:00+09'",
    fails: ["bar-files"],
    sample: { file_id: 3, kind: "swing", rows_loaded: 0, rows_present: 1 },
    mended: false,
  },
  {
    name: "a position is worth more than it counts for",
    plant: "UPDATE portfolio_positions SET market_value = market_value + 5 WHERE market_value > 0",
    fails: ["snapshot-totals"],
    sample: { snapshot_id: 2, defect: "invested is not the sum of the positions" },
    mended: false,
  },
  {
    name: "a drift is not that of the positions",
    plant: "UPDATE portfolio_snapshot SET allocation_drift = 0.1 WHERE snapshot_id = 2",
    fails: ["snapshot-totals"],
    sample: { snapshot_id: 2, defect: "drift is not that of the positions" },
    mended: false,
  },
  {
    name: "a target weight is gone",
    plant: "DELETE FROM target_weights WHERE symbol = '000660'",
    fails: ["target-weights-sum"],
    sample: { policy_id: "core", effective_date: "2026-01-05", weight_sum: 0.6 },
    mended: false,
  },
  {
    name: "a filled order is open in a done plan",
    plant: "UPDATE rebalance_orders SET status = 'executing', target_qty = 6",
    fails: ["order-totals"],
    sample: { order_id: 1, defect: "open in an ended plan" },
    mended: false,
  },
  {
    name: "an order is filled beyond its quantity",
    plant: "UPDATE rebalance_orders SET target_qty = 4",
    fails: ["order-totals"],
    sample: { order_id: 1, defect: "filled beyond its quantity", target_qty: 4, filled_qty: 5 },
    mended: false,
  },
  {
    name: "a fill cost more than was booked",
    plant: "UPDATE rebalance_execution SET commission = 51",
    fails: ["executions-booked"],
    sample: { exec_id: 1, defect: "another commission or tax in the ledger" },
    mended: false,
  },
  {
    name: "a deposit was entered for a time before the snapshot",
    plant: `INSERT INTO portfolio_ledger (policy_id, entry_time, kind, cash_amount)
      VALUES ('core', '2026-01-06 08:00+09', 'deposit', 100)`,
    fails: ["ledger-snapshots"],
    sample: { snapshot_id: 2, differs: "cash" },
    mended: false,
  },
  {
    name: "a candidate has another win rate than its trades",
    plant: "UPDATE analysis_threshold_candidates SET win_rate = 0.9",
    fails: ["candidate-counts"],
    sample: { candidate_id: 1, defect: "win rate is not wins / trades" },
    mended: false,
  },
  {
    name: "a candidate has no run",
    plant: "UPDATE analysis_threshold_candidates SET run_id = NULL",
    fails: ["candidate-counts"],
    sample: { candidate_id: 1, defect: "no run" },
    mended: false,
  },
];

describe("a planted defect", () => {
  test.each(DEFECTS.map((defect) => [defect.name, defect] as const))("%s", async (_, defect) => {
    await copy.query(defect.plant);
    const planned = await repair(copy.store, { ...OPTIONS, plan: true });
    expect(failedOf(planned)).toEqual([...defect.fails].sort());
    const first = planned.before.checks.find(({ name }) => name === defect.fails[0])?.result;
    if (first?.kind !== "failed") throw new Error("unreachable");
    expect(first.samples).toContainEqual(expect.objectContaining(defect.sample));
    expect(first.count).toBeGreaterThanOrEqual(first.samples.length);
    expect(outcomes(planned)).not.toContain("done");

    const repaired = await repair(copy.store, { ...OPTIONS, plan: false });
    expect(failedOf(repaired)).toEqual(failedOf(planned));
    expect(outcomes(repaired)).not.toContain("planned");
    expect(repaired.after?.passed).toBe(defect.mended);
    if (!defect.mended) return;
    expect(new Set(outcomes(repaired))).toEqual(new Set(["done"]));
    expect(await failures()).toEqual([]);
  });

  const failedOf = ({ before }: RepairReport) =>
    before.checks
      .filter(({ result }) => result.kind === "failed")
      .map(({ name }) => name)
      .sort();
  const outcomes = ({ steps }: RepairReport) => steps.map(({ outcome }) => outcome.kind);
});

describe("every check", () => {
  test("has been seen to fail, or notes only", () => {
    const elsewhere = ["files-on-disk", "hot-query-plans"];
    const noting = ["quality-distribution", "coverage-distribution"];
    const planted = DEFECTS.flatMap(({ fails }) => fails);
    const unseen = CHECKS.map(({ name }) => name).filter(
      (name) => ![...planted, ...elsewhere, ...noting].includes(name),
    );
    expect(unseen).toEqual([]);
  });
});
