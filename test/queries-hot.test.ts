import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DAY_US, formatInstant, kstDateOf, MINUTE_US, type TimeUs } from "../src/record/index.ts";
import {
  getBarsInRange,
  getBarsOfSymbols,
  getLastHourOf1mBars,
  getLatestNormalBars,
  getReturnVolatility,
  getSnapshot,
  openStore,
  type Store,
} from "../src/store/index.ts";
import { freshDatabase, type TestDatabase } from "./postgres.ts";
import { planOf } from "./query-plan.ts";
import { kst, won } from "./sample-records.ts";

let db: TestDatabase;
let store: Store;

const FIRST_DAY = "2026-01-01";
const DAYS = 30;
/** Just after the last bar. */
const NOW = kst("2026-01-30", "15:30:00");
const ago = (days: number) => (NOW - days * DAY_US) as TimeUs;
const symbolOf = (i: number) => String(i * 7).padStart(6, "0");
const SYMBOLS = Array.from({ length: 131 }, (_, i) => symbolOf(i + 1));

beforeAll(async () => {
  db = await freshDatabase();
  store = await openStore(db.urls);
  await db.query("ALTER TABLE swing_bars_10m DISABLE TRIGGER USER");
  // A month as collectors write it: slot after slot, all symbols in each. Every 20th bar is of doubtful quality.
  await db.query(
    `INSERT INTO swing_bars_10m (symbol, bar_time, open, high, low, close, volume, bid_price, ask_price, session_id, quality_flag)
     SELECT symbol, t, 70000, 70000, 70000, 70000 + (n * 7919 + extract(epoch FROM t)::bigint / 600 * 104729) % 997, n, 69900, 70100,
       's1', CASE WHEN (n + slot) % 20 = 0 THEN 'degraded' ELSE 'normal' END
     FROM generate_series(0, $1 - 1) day, generate_series(0, 38) slot,
       LATERAL (SELECT ($2::date + day + time '09:00' + slot * interval '10 minutes') AT TIME ZONE 'Asia/Seoul' AS t) bar,
       unnest($3::text[]) WITH ORDINALITY AS listed (symbol, n)
     ORDER BY t, n`,
    [DAYS, FIRST_DAY, SYMBOLS],
  );
  await db.query(
    `INSERT INTO scalp_1m_bars (symbol, bar_time, close, volume, tick_count, coverage_ratio, session_id)
     SELECT symbol, t, 70000 + n, n, 120, 1, 's1'
     FROM generate_series(20, $1 - 1) day, generate_series(0, 389) minute,
       LATERAL (SELECT ($2::date + day + time '09:00' + minute * interval '1 minute') AT TIME ZONE 'Asia/Seoul' AS t) bar,
       unnest($3::text[]) WITH ORDINALITY AS listed (symbol, n)
     ORDER BY t, n`,
    [DAYS, FIRST_DAY, SYMBOLS.slice(0, 41)],
  );
  await db.query(
    "SELECT create_monthly_partition('scalp_ticks', m) FROM unnest('{2025-12-01,2026-01-01}'::date[]) m",
  );
  await db.query(
    `INSERT INTO scalp_ticks (symbol, event_time, last_price, session_id)
     SELECT symbol, $2::timestamptz - i * interval '1 minute', 70000, 's1'
     FROM generate_series(1, 60000) i, unnest($1::text[]) symbol
     ORDER BY i DESC`,
    [["005930", "000660"], formatInstant(NOW)],
  );
  await db.query(
    "INSERT INTO portfolio_policy (policy_id, name, rebalance_freq, max_position_pct) VALUES ('p', 'p', 'daily', 1)",
  );
  await db.query(
    `INSERT INTO portfolio_snapshot (policy_id, snapshot_time, total_value, cash, invested_value)
     SELECT 'p', $1::timestamptz - i * interval '1 day', 1000131, 1000000, 131 FROM generate_series(0, 299) i`,
    [formatInstant(NOW)],
  );
  await db.query(
    `INSERT INTO portfolio_positions (snapshot_id, symbol, quantity, market_price, market_value)
     SELECT snapshot_id, symbol, 1, 1, 1 FROM portfolio_snapshot, unnest($1::text[]) symbol`,
    [SYMBOLS],
  );
  await db.query("VACUUM ANALYZE");
});

afterAll(async () => {
  await store.close();
  await db.drop();
});

const iso = (timeUs: number) => formatInstant(timeUs as TimeUs);

describe("the last hour of 1-minute bars of all symbols", () => {
  test("is read off the index on time", async () => {
    const plan = await planOf(db, "minute_bars_of_hour", [iso(NOW - 60 * MINUTE_US), iso(NOW)]);
    expect(plan).toEqual({ scanned: [], touched: ["scalp_1m_bars"], indexes: ["idx_scalp_1m_bars_time"] });
  });

  test("is all of it, newest first", async () => {
    const bars = await getLastHourOf1mBars(store, NOW);
    const expected = Array.from({ length: 60 * 41 }, (_, i) => [
      symbolOf((i % 41) + 1),
      NOW - (Math.floor(i / 41) + 1) * MINUTE_US,
    ]);
    expect(bars.map((bar) => [bar.symbol, bar.barTimeUs])).toEqual(expected);
    expect(bars[1]).toMatchObject({ close: won(70_002), volume: 2, qualityGrade: "A", coverageRatio: 1 });
  });
});

describe("30 days of 10-minute bars of five symbols, 100 in all", () => {
  const five = [SYMBOLS[100], SYMBOLS[3], SYMBOLS[50], SYMBOLS[3], SYMBOLS[7]].filter(
    (symbol) => symbol !== undefined,
  );

  test("are read off an index of (symbol, bar_time)", async () => {
    const plan = await planOf(db, "swing_bars_of_symbols", [five, iso(ago(30)), iso(NOW), 100]);
    expect(plan).toMatchObject({ scanned: [], touched: ["swing_bars_10m"] });
    expect(["idx_swing_10m_covering", "swing_bars_10m_pkey"]).toContain(plan.indexes.join());
  });

  test("are the newest of the first symbols, each symbol once", async () => {
    const bars = await getBarsOfSymbols(store, five, ago(30), NOW);
    const symbol = SYMBOLS[3] ?? "";
    const { rows } = await getBarsInRange(store, symbol, ago(30), NOW, { limit: 10_000 });
    expect(bars).toEqual(rows.toReversed().slice(0, 100));
    const few = await getBarsOfSymbols(store, five, (NOW - 20 * MINUTE_US) as TimeUs, NOW, 7);
    expect(few.map((bar) => [bar.symbol, bar.barTimeUs])).toEqual(
      [3, 7, 50, 100].flatMap((i) => [1, 2].map((n) => [SYMBOLS[i], NOW - n * 10 * MINUTE_US])).slice(0, 7),
    );
  });
});

describe("the latest portfolio snapshot", () => {
  test("is one step into the index on its time", async () => {
    const plan = await planOf(db, "latest_portfolio_snapshot", []);
    expect(plan).toEqual({
      scanned: [],
      touched: ["portfolio_positions", "portfolio_snapshot"],
      indexes: ["idx_portfolio_snapshot_time", "portfolio_positions_snapshot_symbol_key"],
    });
  });

  test("adds its positions up", async () => {
    expect(await getSnapshot(store, "latest")).toMatchObject({
      snapshotTimeUs: NOW,
      totalValue: 10_001_310_000n,
      investedValue: 1_310_000n,
      positionCount: 131,
      positionsValue: 1_310_000n,
    });
  });
});

describe("the latest bars of normal quality", () => {
  test("are read off the index that holds only those", async () => {
    const plan = await planOf(db, "latest_normal_swing_bars", [SYMBOLS[9], iso(ago(30)), 100]);
    expect(plan).toEqual({ scanned: [], touched: ["swing_bars_10m"], indexes: ["idx_swing_10m_quality"] });
  });

  test("leave the doubtful ones out", async () => {
    const symbol = SYMBOLS[9] ?? "";
    const { rows } = await getBarsInRange(store, symbol, ago(30), NOW, { limit: 10_000 });
    const normal = rows.toReversed().filter((bar) => bar.qualityFlag === "normal");
    expect(normal.length).toBeLessThan(rows.length);
    expect(await getLatestNormalBars(store, symbol, ago(30))).toEqual(normal.slice(0, 100));
    expect(await getLatestNormalBars(store, symbol, (NOW - 30 * MINUTE_US) as TimeUs)).toHaveLength(3);
  });
});

describe("the volatility of each symbol's returns", () => {
  test("of days within a month is read off the index on time", async () => {
    const plan = await planOf(db, "return_volatility", [iso(ago(2)), iso(NOW)]);
    expect(plan).toEqual({ scanned: [], touched: ["swing_bars_10m"], indexes: ["idx_swing_10m_time_desc"] });
  });

  test("of 30 days equals its definition", async () => {
    const answers = await getReturnVolatility(store, ago(30), NOW);
    expect(answers.map((answer) => answer.symbol)).toEqual(SYMBOLS);
    for (const symbol of [SYMBOLS[0], SYMBOLS[64], SYMBOLS[130]].filter((name) => name !== undefined)) {
      const { rows } = await getBarsInRange(store, symbol, ago(30), NOW, { limit: 10_000 });
      const bars = rows.filter((bar) => bar.qualityFlag === "normal");
      const returns = bars.slice(1).flatMap((bar, i) => {
        const before = bars[i];
        const sameDay = before !== undefined && kstDateOf(before.barTimeUs) === kstDateOf(bar.barTimeUs);
        return sameDay && bar.close !== null && before.close !== null ? [bar.close / before.close - 1] : [];
      });
      const mean = returns.reduce((sum, r) => sum + r, 0) / returns.length;
      const variance = returns.reduce((sum, r) => sum + (r - mean) ** 2, 0) / (returns.length - 1);
      const answer = answers.find((candidate) => candidate.symbol === symbol);
      expect(answer?.returns).toBe(returns.length);
      // NUMERIC division keeps 16 significant digits or more; a return near 1e-2 loses 1e-14 of itself to 1 + r.
      expect(answer?.volatility).toBeCloseTo(Math.sqrt(variance), 12);
    }
  });
});

describe("plans of the everyday questions", () => {
  const barRange = ["005930", iso(NOW), iso(ago(3)), 100];

  test.each<[string, readonly unknown[], RegExp]>([
    ["swing_bars_in_range", barRange, /^(idx_swing_10m_covering|swing_bars_10m_pkey)$/],
    ["latest_swing_bars", ["005930", 100], /^(idx_swing_10m_covering|swing_bars_10m_pkey)$/],
    ["minute_bars_in_range", barRange, /^scalp_1m_bars_pkey$/],
  ])("%s", async (name, values, index) => {
    const plan = await planOf(db, name, values);
    expect(plan.scanned).toEqual([]);
    expect(plan.indexes.join()).toMatch(index);
  });

  test("the newest bar of every symbol descends the index, never reads the table", async () => {
    const plan = await planOf(db, "latest_swing_bar_per_symbol", []);
    expect(plan.scanned).toEqual([]);
    expect(plan.touched).toEqual(["swing_bars_10m"]);
  });

  test("ticks come off the primary key of the months of the range", async () => {
    const range = [iso(ago(3)), iso(NOW)];
    const plan = await planOf(db, "ticks_in_range", ["005930", ...range, range[0], -32_769, 1000]);
    expect(plan).toEqual({
      scanned: [],
      touched: ["scalp_ticks_202601"],
      indexes: ["scalp_ticks_202601_pkey"],
    });
    // A page from the middle of a long range leaves out the months behind it.
    const later = await planOf(db, "ticks_in_range", [
      "005930",
      iso(ago(40)),
      iso(NOW),
      iso(ago(3)),
      0,
      1000,
    ]);
    expect(later.touched).toEqual(["scalp_ticks_202601"]);
  });

  test("the latest ticks come off the primary keys, newest month first", async () => {
    const plan = await planOf(db, "latest_ticks", ["005930", 100]);
    expect(plan.scanned).toEqual([]);
    expect(plan.indexes).toEqual(["scalp_ticks_202512_pkey", "scalp_ticks_202601_pkey"]);
  });
});
