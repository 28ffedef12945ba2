import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openVault } from "../src/app/index.ts";
import {
  detectPhase13,
  dropPhase13,
  migrate,
  pendingMigrations,
  planUpgrade,
  type UpgradeReport,
  upgradePhase13,
} from "../src/store/index.ts";
import { phase13Database } from "./phase13-database.ts";
import { freshDatabase, type TestDatabase } from "./postgres.ts";
import { dumpSchema } from "./schema-dump.ts";

const databases: TestDatabase[] = [];
const keep = async (made: Promise<TestDatabase>): Promise<TestDatabase> => {
  const database = await made;
  databases.push(database);
  return database;
};
afterAll(() => Promise.all(databases.map((database) => database.drop())));

/** What lies in public beside what the upgrade is about: every object and every row of the user's own. */
const OWN = `
  SELECT c.oid, c.relname, c.relkind, c.relfilenode, c.relnamespace::regnamespace::text AS schema FROM pg_class c
  WHERE c.relname IN ('my_notes', 'my_notes_pkey', 'my_notes_id_seq', 'my_summary') ORDER BY 1`;

describe("a database of Phase 13", () => {
  let db: TestDatabase;
  let report: UpgradeReport;
  let ownBefore: unknown[];
  let planned: Awaited<ReturnType<typeof planUpgrade>>;
  let behindPlan: unknown[];

  beforeAll(async () => {
    db = await keep(phase13Database());
    await db.query(
      `CREATE TABLE my_notes (id SERIAL PRIMARY KEY, note TEXT); INSERT INTO my_notes (note) VALUES ('mine');
       CREATE VIEW my_summary AS SELECT symbol, count(*) AS n FROM swing_bars_10m GROUP BY symbol;
       ALTER TABLE scalp_ticks ADD COLUMN my_mark TEXT;
       CREATE TABLE swing_bars_10m_backup AS SELECT * FROM swing_bars_10m`,
    );
    ownBefore = await db.query(OWN);
    const schemaBefore = await dumpSchema(db.ownerUrl);
    planned = await planUpgrade(db.ownerUrl);
    behindPlan = [await dumpSchema(db.ownerUrl), schemaBefore];
  });

  test("is recognised, and opened for nothing else: the error names the command", async () => {
    expect(await detectPhase13(db.ownerUrl)).toMatchObject({ kind: "legacy" });
    const refusal = {
      code: "OBS_SCHEMA_PHASE_13",
      mend: expect.stringContaining("observer db migrate --yes"),
    };
    const settings = { home: "/nonexistent", databaseUrl: db.ownerUrl, serverProfile: "small" } as const;
    await expect(openVault({ settings })).rejects.toMatchObject(refusal);
    await expect(pendingMigrations(db.ownerUrl)).rejects.toMatchObject(refusal);
    expect((await migrate(db.ownerUrl)).error).toMatchObject(refusal);
  });

  test("the plan counts rows, names what is left behind and who depends on it, and changes nothing", () => {
    expect(behindPlan[0]).toEqual(behindPlan[1]);
    const rows = Object.fromEntries(planned.tables.map(({ name, rows }) => [name, rows]));
    expect(rows).toMatchObject({ scalp_ticks: 91_204, swing_bars_10m: 10_221, portfolio_positions: 658 });
    expect(planned.columnsLeftBehind).toEqual(["scalp_ticks.my_mark"]);
    expect(planned.dependentViews).toEqual(["my_summary"]);
    expect(planned.estimatedSeconds).toBeGreaterThan(0);
  });

  test("is upgraded, every row accounted for, every table equal", async () => {
    report = await upgradePhase13(db.ownerUrl, { batchRows: 7_001 });
    expect(report.kind).toBe("upgraded");
    expect(report.tables.map(({ state }) => state)).toEqual(Array(12).fill("equal"));
    const account = Object.fromEntries(
      report.tables.map(({ table, read, copied, duplicates, refused }) => [
        table,
        [read, copied, duplicates, refused],
      ]),
    );
    expect(account).toEqual({
      scalp_ticks: [91_204, 90_202, 1_000, 2],
      scalp_1m_bars: [1_150, 1_148, 0, 2],
      scalp_gaps: [105, 101, 1, 3],
      swing_bars_10m: [10_221, 10_219, 0, 2],
      eod_prices: [2_751, 2_751, 0, 0],
      portfolio_policy: [2, 1, 0, 1],
      target_weights: [132, 131, 0, 1],
      portfolio_snapshot: [7, 5, 0, 2],
      portfolio_positions: [658, 655, 0, 3],
      rebalance_plan: [4, 3, 0, 1],
      rebalance_orders: [4, 2, 0, 2],
      rebalance_execution: [3, 2, 0, 1],
    });
    for (const { legacyHash, publicHash, parts } of report.tables) {
      expect(parts).toBeGreaterThan(0);
      expect(legacyHash).toBe(publicHash);
    }
  });

  test("has the schema of today, and what was the user's is as it was", async () => {
    const reference = await keep(freshDatabase({ migrated: true }));
    const { schema } = await dumpSchema(db.ownerUrl);
    const expected = (await dumpSchema(reference.ownerUrl)).schema;
    const ours = schema.relations.filter(({ name }) => !name.startsWith("my_"));
    expect(ours).toEqual(expected.relations);
    expect(schema.routines).toEqual(expected.routines);
    expect(await db.query(OWN)).toEqual(ownBefore);
    expect(await db.query("SELECT note FROM my_notes")).toEqual([{ note: "mine" }]);
    expect(await db.query("SELECT n::int FROM my_summary WHERE symbol = '000002'")).toEqual([{ n: 78 }]);
    expect((await pendingMigrations(db.ownerUrl)).pending).toEqual([]);
  });

  test("ticks: months in Korean time, equal instants numbered as written, what was written twice once", async () => {
    const months = await db.query(
      "SELECT tableoid::regclass::text AS month, count(*)::int AS n FROM scalp_ticks GROUP BY 1 ORDER BY 1",
    );
    expect(months).toEqual([
      { month: "scalp_ticks_202512", n: 28_800 + 200 },
      { month: "scalp_ticks_202601", n: 1_200 + 28_800 },
      { month: "scalp_ticks_202602", n: 1_200 + 30_000 + 2 },
    ]);
    expect(
      await db.query(
        `SELECT t.seq, t.last_price - l.last_price AS above, t.receive_time IS NULL AS unreceived
         FROM scalp_ticks t JOIN phase13.scalp_ticks l USING (symbol, event_time) WHERE l.id = 2050 ORDER BY seq`,
      ),
    ).toEqual([
      { seq: 0, above: "0.0000", unreceived: false },
      { seq: 1, above: "2.0000", unreceived: true },
      { seq: 2, above: "1.0000", unreceived: true },
    ]);
    // Of a retry, what was received first stays.
    const [late] = await db.query(
      "SELECT count(*)::int AS n FROM scalp_ticks WHERE receive_time > event_time + interval '1 hour' AND session_id = 'track_b_session'",
    );
    expect(late).toEqual({ n: 0 });
    expect(
      await db.query(
        "SELECT symbol, bid_price, quality_flag FROM scalp_ticks WHERE symbol >= '900000' ORDER BY 1",
      ),
    ).toEqual([
      { symbol: "900001", bid_price: null, quality_flag: "degraded" },
      { symbol: "900004", bid_price: null, quality_flag: "normal" },
    ]);
  });

  test("one-minute bars: grades become flags by the coverage, coverage ends at 1", async () => {
    expect(
      await db.query(
        `SELECT to_char(bar_time AT TIME ZONE 'Asia/Seoul', 'MI') AS minute, close, coverage_ratio AS coverage, quality_flag AS flag
         FROM scalp_1m_bars WHERE symbol = '900001' ORDER BY 1`,
      ),
    ).toEqual([
      { minute: "00", close: "100.0000", coverage: 1, flag: "normal" },
      { minute: "01", close: "100.0000", coverage: 0.72, flag: "normal" },
      { minute: "02", close: null, coverage: null, flag: "degraded" },
      { minute: "03", close: null, coverage: null, flag: "gap" },
      { minute: "06", close: "100.0000", coverage: 0.6, flag: "degraded" },
    ]);
    const [wrong] = await db.query(
      `SELECT count(*)::int AS n FROM scalp_1m_bars b JOIN phase13.scalp_1m_bars l USING (symbol, bar_time)
       WHERE b.quality_flag <> CASE WHEN l.quality_flag IN ('normal', 'degraded', 'gap') THEN l.quality_flag
         WHEN l.coverage_ratio >= 0.7 THEN 'normal' WHEN l.coverage_ratio >= 0.5 THEN 'degraded' ELSE 'gap' END
         AND l.coverage_ratio <> 'NaN'`,
    );
    expect(wrong).toEqual({ n: 0 });
    expect(report.tables.find(({ table }) => table === "scalp_1m_bars")?.changes).toEqual({
      "coverage above 1 made 1": 91,
      "coverage NaN made NULL": 1,
      "grade made flag, by coverage": 577,
      "NaN price made NULL": 1,
    });
  });

  test("ten-minute bars: on the grid, the last collected of a slot, quotes and returns", async () => {
    const [offGrid] = await db.query(
      "SELECT count(*)::int AS n FROM swing_bars_10m WHERE bar_time <> date_bin('10 minutes', bar_time, 'epoch')",
    );
    expect(offGrid).toEqual({ n: 0 });
    expect(
      await db.query(
        `SELECT close, collected_at, bid_price, returns_pct IS NOT NULL AS has_return FROM swing_bars_10m
         WHERE symbol = '000001' AND bar_time = '2026-01-22 09:00+09'`,
      ),
    ).toEqual([
      {
        close: "7777.0000",
        collected_at: new Date("2026-01-22T00:07:00Z"),
        bid_price: "7727.0000",
        has_return: true,
      },
    ]);
    const [returns] = await db.query(
      "SELECT count(*)::int AS n FROM swing_bars_10m WHERE returns_pct IS NULL",
    );
    expect(returns).toEqual({ n: 132 });
    expect(await db.query("SELECT quality_flag FROM swing_bars_10m WHERE symbol = '900001'")).toEqual([
      { quality_flag: "normal" },
    ]);
  });

  test("what could not be copied is kept whole, with the reason", async () => {
    const refused = await db.query<{ table_name: string; reason: string; n: number }>(
      "SELECT table_name, reason, count(*)::int AS n FROM phase13.upgrade_refused GROUP BY 1, 2 ORDER BY 1, 2",
    );
    expect(refused.map(({ table_name, reason, n }) => `${table_name}: ${reason} (${n})`)).toEqual([
      "portfolio_policy: rebalance_freq is unknown (1)",
      "portfolio_positions: a required column is NULL (1)",
      "portfolio_positions: an earlier row is of the same snapshot and symbol (1)",
      "portfolio_positions: its snapshot is not there (1)",
      "portfolio_snapshot: an earlier row is of the same policy and instant (1)",
      "portfolio_snapshot: cash is below 0 (1)",
      "rebalance_execution: a required column is NULL (1)",
      "rebalance_orders: its plan is not there (1)",
      "rebalance_orders: target_qty is not above 0 (1)",
      "rebalance_plan: begun, but started_at is NULL (1)",
      "scalp_1m_bars: coverage_ratio is below 0 (1)",
      "scalp_1m_bars: quality_flag is unknown (1)",
      "scalp_gaps: another row of the same gap ends later (1)",
      "scalp_gaps: scope is unknown (1)",
      "scalp_gaps: the gap ends before it begins (1)",
      "scalp_ticks: event_time is not between 1990 and 2100 (2)",
      "swing_bars_10m: a later one was collected of the same bar (1)",
      "swing_bars_10m: quality_flag is unknown (1)",
      "target_weights: its policy is not there (1)",
    ]);
    const [whole] = await db.query(
      `SELECT r.record = to_jsonb(l) AS whole FROM phase13.upgrade_refused r
       JOIN phase13.scalp_ticks l ON r.legacy_key = ARRAY[l.id::text] WHERE l.symbol = '900003'`,
    );
    expect(whole).toEqual({ whole: true });
  });

  test("the portfolio keeps its numbers, and new rows get others", async () => {
    expect(
      await db.query("SELECT snapshot_id::int AS id, total_value FROM portfolio_snapshot ORDER BY 1"),
    ).toEqual([101, 102, 103, 104, 105].map((id) => ({ id, total_value: "10000000.0000" })));
    const [next] = await db.query(
      `INSERT INTO portfolio_snapshot (policy_id, snapshot_time, total_value, cash, invested_value)
       VALUES ('policy_balanced_001', now(), 1, 1, 0) RETURNING snapshot_id::int AS id`,
    );
    expect(next).toEqual({ id: 122 });
    await db.query("DELETE FROM portfolio_snapshot WHERE snapshot_id = 122");
    expect(
      await db.query("SELECT plan_id::int AS id, status, cancelled_by FROM rebalance_plan ORDER BY 1"),
    ).toEqual([
      { id: 50, status: "done", cancelled_by: null },
      { id: 51, status: "pending", cancelled_by: null },
      { id: 52, status: "cancelled", cancelled_by: "phase13" },
    ]);
  });

  test("ticks of a legacy session are found by its span", async () => {
    const [found] = await db.query(
      "SELECT count(*)::int AS n FROM scalp_ticks_of_session('track_b_session')",
    );
    expect(found).toEqual({ n: 90_200 });
  });

  test("run again it finds everything done; nothing of it stands in the way of a migration", async () => {
    expect(await upgradePhase13(db.ownerUrl)).toEqual(report);
    expect((await migrate(db.ownerUrl)).applied).toEqual([]);
    expect(
      await db.query(
        "SELECT count(*)::int AS n FROM pg_views WHERE schemaname = 'phase13' AND viewname ~ 'mapped|expected'",
      ),
    ).toEqual([{ n: 0 }]);
  });

  test("dropping is refused where a view of the user's depends on it, and loses only what was compared", async () => {
    await expect(dropPhase13(db.ownerUrl)).rejects.toMatchObject({
      code: "OBS_UPGRADE_FAILED",
      message: expect.stringContaining("my_summary"),
    });
    await db.query("DROP VIEW my_summary");
    await db.query("UPDATE phase13.upgrade_progress SET state = 'unequal' WHERE table_name = 'eod_prices'");
    await expect(dropPhase13(db.ownerUrl)).rejects.toMatchObject({ code: "OBS_UPGRADE_UNEQUAL" });
    await db.query("UPDATE phase13.upgrade_progress SET state = 'equal' WHERE table_name = 'eod_prices'");
    expect(await dropPhase13(db.ownerUrl)).toMatchObject({ refusedRows: 20 });
    const left = await db.query<{ name: string }>(
      "SELECT relname AS name FROM pg_class WHERE relnamespace = 'phase13'::regnamespace AND relkind = 'r' ORDER BY 1",
    );
    expect(left.map(({ name }) => name)).toEqual([
      ...[
        "migration_log",
        "swing_bars_10m_backup",
        "upgrade_comparison",
        "upgrade_progress",
        "upgrade_refused",
      ],
    ]);
    expect(await detectPhase13(db.ownerUrl)).toEqual({ kind: "upgraded" });
  });
});

test("older shapes: no quotes, no portfolio, a ledger that looks like ours, none at all", async () => {
  for (const ledger of [
    "CREATE TABLE migration_log (id SERIAL PRIMARY KEY, name TEXT, run_on TIMESTAMPTZ); INSERT INTO migration_log (name, run_on) VALUES ('13.1 schema', now())",
    "SELECT 1",
  ]) {
    const db = await keep(phase13Database({ quotes: false, portfolio: false, ledger }));
    expect(await detectPhase13(db.ownerUrl)).toMatchObject({ kind: "legacy" });
    const { kind, tables } = await upgradePhase13(db.ownerUrl);
    expect(kind).toBe("upgraded");
    expect(tables.find(({ table }) => table === "swing_bars_10m")).toMatchObject({
      copied: 10_219,
      state: "equal",
    });
    expect(tables.find(({ table }) => table === "portfolio_snapshot")).toMatchObject({
      read: 0,
      state: "equal",
    });
    expect(
      await db.query("SELECT count(*)::int AS n FROM swing_bars_10m WHERE bid_price IS NOT NULL"),
    ).toEqual([{ n: 0 }]);
  }
});

test("a row that something else wrote meanwhile is found: unequal, until it is removed", async () => {
  const db = await keep(phase13Database({ portfolio: false }));
  const stop = new AbortController();
  const first = await upgradePhase13(db.ownerUrl, {
    signal: stop.signal,
    onProgress: (event) => {
      if (event.kind === "copied" && event.table.table === "eod_prices") stop.abort();
    },
  });
  expect(first.kind).toBe("interrupted");
  await expect(dropPhase13(db.ownerUrl)).rejects.toMatchObject({ code: "OBS_UPGRADE_UNEQUAL" });
  await db.query("INSERT INTO eod_prices (symbol, trade_date, close) VALUES ('INTRUDER', '2026-03-01', 1)");
  await expect(upgradePhase13(db.ownerUrl)).rejects.toMatchObject({
    code: "OBS_UPGRADE_UNEQUAL",
    message: expect.stringContaining("eod_prices"),
  });
  await expect(pendingMigrations(db.ownerUrl)).rejects.toMatchObject({ code: "OBS_SCHEMA_PHASE_13" });
  await db.query("DELETE FROM eod_prices WHERE symbol = 'INTRUDER'");
  expect((await upgradePhase13(db.ownerUrl)).kind).toBe("upgraded");
});

test("a database migrated by this program, an empty one and a stranger's are none of Phase 13", async () => {
  const migrated = await keep(freshDatabase({ migrated: true }));
  expect(await detectPhase13(migrated.ownerUrl)).toEqual({ kind: "none" });
  const empty = await keep(freshDatabase({ migrated: false }));
  expect(await detectPhase13(empty.ownerUrl)).toEqual({ kind: "none" });
  await expect(upgradePhase13(empty.ownerUrl)).rejects.toMatchObject({ code: "OBS_UPGRADE_FAILED" });
  await empty.query("CREATE TABLE scalp_ticks (id BIGSERIAL, price NUMERIC)");
  expect(await detectPhase13(empty.ownerUrl)).toEqual({ kind: "none" });
  expect((await migrate(empty.ownerUrl)).error).toMatchObject({ code: "OBS_DATABASE_FOREIGN" });
});
