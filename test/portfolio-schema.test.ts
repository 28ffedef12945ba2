import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { freshDatabase, type TestDatabase } from "./postgres.ts";

const CHECK_VIOLATION = { code: "23514" };

describe("the portfolio's tables", () => {
  let database: TestDatabase;
  const query: TestDatabase["query"] = (sql, params) => database.query(sql, params);
  beforeAll(async () => {
    database = await freshDatabase({ migrated: true });
    await query(
      `INSERT INTO portfolio_policy (policy_id, name, rebalance_freq, max_position_pct) VALUES ('p', 'Policy', 'daily', 0.6)`,
    );
    await query(
      `INSERT INTO target_weights (policy_id, symbol, target_weight, effective_date) VALUES
         ('p', '005930', 1.0, '2026-01-01'),
         ('p', '005930', 0.6, '2026-01-05'), ('p', '000660', 0.4, '2026-01-05'),
         ('p', '035720', 1.0, '2026-01-06')`,
    );
    await query(
      `INSERT INTO portfolio_snapshot (policy_id, snapshot_time, total_value, cash, invested_value)
       VALUES ('p', '2026-01-05 09:31+09', 1000000, 285000, 715000)`,
    );
    await query(
      `INSERT INTO portfolio_positions (snapshot_id, symbol, quantity, market_price, price_time, market_value) VALUES
         (1, '005930', 10, 71500, '2026-01-05 09:20+09', 715000), (1, '000660', 0, 120000, '2026-01-05 09:20+09', 0),
         (1, '999999', 0, 10, '2026-01-05 09:20+09', 0)`,
    );
  });
  afterAll(() => database.drop());

  test("the summary takes the whole set of weights in force on the day, and nothing of others", async () => {
    await query(
      `INSERT INTO swing_bars_10m (symbol, bar_time, close, session_id) VALUES
         ('005930', '2026-01-05 09:30+09', 71600, 's'), ('005930', '2026-01-05 09:40+09', 71700, 's')`,
    );
    expect(
      await query(
        `SELECT symbol, current_weight, target_weight, weight_diff, latest_price FROM portfolio_positions_summary ORDER BY symbol`,
      ),
    ).toEqual([
      { symbol: "000660", current_weight: 0, target_weight: 0.4, weight_diff: -0.4, latest_price: null },
      {
        symbol: "005930",
        current_weight: 0.715,
        target_weight: 0.6,
        weight_diff: expect.closeTo(0.115, 12),
        latest_price: "71700.0000",
      },
      { symbol: "999999", current_weight: 0, target_weight: 0, weight_diff: 0, latest_price: null },
    ]);
  });

  test("one snapshot per policy and instant, whose parts add up", async () => {
    const insert = (time: string, cash: number) =>
      query(
        `INSERT INTO portfolio_snapshot (policy_id, snapshot_time, total_value, cash, invested_value) VALUES ('p', $1, 100, $2, 60)`,
        [time, cash],
      );
    await expect(insert("2026-01-05 09:31+09", 40)).rejects.toMatchObject({ code: "23505" });
    await expect(insert("2026-01-06 09:31+09", 41)).rejects.toMatchObject(CHECK_VIOLATION);
  });

  test("policies outside 0 ≤ min ≤ max ≤ 1 are refused", async () => {
    const insert = (min: number, max: number) =>
      query(
        `INSERT INTO portfolio_policy (policy_id, name, rebalance_freq, min_position_pct, max_position_pct)
         VALUES (gen_random_uuid(), 'x', 'daily', $1, $2)`,
        [min, max],
      );
    await expect(insert(0.3, 0.2)).rejects.toMatchObject(CHECK_VIOLATION);
    await expect(insert(-0.1, 0.2)).rejects.toMatchObject(CHECK_VIOLATION);
    await expect(insert(0.1, 1.1)).rejects.toMatchObject(CHECK_VIOLATION);
    await insert(0.1, 0.1);
  });

  test("states that do not exist, or contradict their times, are refused", async () => {
    const plan = (columns: string, values: string) =>
      query(`INSERT INTO rebalance_plan (policy_id, snapshot_id, ${columns}) VALUES ('p', 1, ${values})`);
    await plan("status", "'pending'");
    await plan("status, started_at", "'executing', now()");
    await plan("status, started_at, completed_at", "'done', now(), now()");
    await plan("status, completed_at, cancelled_by", "'cancelled', now(), 'me'");
    for (const [columns, values] of [
      ["status", "'finished'"],
      ["status, started_at", "'pending', now()"],
      ["status", "'executing'"],
      ["status, started_at", "'done', now()"],
      ["status, completed_at", "'cancelled', now()"],
    ] as const) {
      await expect(plan(columns, values), values).rejects.toMatchObject(CHECK_VIOLATION);
    }
    const order = (columns: string, values: string) =>
      query(
        `INSERT INTO rebalance_orders (plan_id, symbol, side, target_qty, ${columns}) VALUES (1, gen_random_uuid()::text::varchar(20), 'BUY', 1, ${values})`,
      );
    await expect(order("order_type", "'LIMIT'")).rejects.toMatchObject(CHECK_VIOLATION);
    await expect(order("status", "'filled'")).rejects.toMatchObject(CHECK_VIOLATION);
    await expect(order("status", "'done'")).rejects.toMatchObject(CHECK_VIOLATION);
  });

  test("the ledger is append-only, for its owner too", async () => {
    await query(
      `INSERT INTO portfolio_ledger (policy_id, entry_time, kind, cash_amount) VALUES ('p', '2026-01-02 09:00+09', 'deposit', 1000000)`,
    );
    const refused = { code: "23001", message: expect.stringContaining("append-only") };
    await expect(query("UPDATE portfolio_ledger SET cash_amount = 2")).rejects.toMatchObject(refused);
    await expect(query("DELETE FROM portfolio_ledger")).rejects.toMatchObject(refused);
    await expect(query("TRUNCATE portfolio_ledger")).rejects.toMatchObject(refused);
    expect(await query("SELECT cash_amount FROM portfolio_ledger")).toEqual([
      { cash_amount: "1000000.0000" },
    ]);
  });

  test("entries have the sign of their kind, unless they correct one", async () => {
    const insert = (columns: string, values: string) =>
      query(
        `INSERT INTO portfolio_ledger (policy_id, entry_time, ${columns}) VALUES ('p', '2026-01-02 09:00+09', ${values})`,
      );
    await insert("kind, symbol, quantity, price, cash_amount", "'buy', '005930', 10, 71500, -715000");
    await insert(
      "kind, symbol, quantity, price, cash_amount, corrects",
      "'buy', '005930', -10, 71500, 715000, 1",
    );
    for (const [columns, values] of [
      ["kind, cash_amount", "'deposit', -1"],
      ["kind, cash_amount", "'withdrawal', 1"],
      ["kind, symbol, quantity, price, cash_amount", "'sell', '005930', 10, 71500, 715000"],
      ["kind, quantity, price, cash_amount", "'buy', 10, 71500, -715000"],
      ["kind, cash_amount", "'tax', 5"],
      ["kind, cash_amount", "'gift', 5"],
    ] as const) {
      await expect(insert(columns, values), values).rejects.toMatchObject(CHECK_VIOLATION);
    }
  });

  test("a candidate cannot be optimal before it was validated", async () => {
    const insert = (columns: string, values: string) =>
      query(
        `INSERT INTO analysis_threshold_candidates
           (symbol, strategy_type, entry_threshold_pct, exit_threshold_pct, backtest_start, backtest_end${columns})
         VALUES ('005930', 'swing', 0.01, 0.005, '2026-01-01', '2026-02-01'${values})`,
      );
    await expect(insert(", is_optimal", ", TRUE")).rejects.toMatchObject(CHECK_VIOLATION);
    await insert(", is_optimal, validation", ", TRUE, 'positive out of sample in 8 of 8 folds'");
  });
});
