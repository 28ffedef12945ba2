import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { compareSchemas, type SchemaManifest, schemaJson, schemaPage } from "../src/store/index.ts";
import { freshDatabase, type TestDatabase } from "./postgres.ts";
import { dumpSchema } from "./schema-dump.ts";

describe("the schema", () => {
  let database: TestDatabase;
  let schema: SchemaManifest;
  beforeAll(async () => {
    database = await freshDatabase({ migrated: true });
    ({ schema } = await dumpSchema(database.ownerUrl));
  });
  afterAll(() => database.drop());

  test("sql/schema.json and docs/schema.md are what the migrations make (npm run docs)", async () => {
    const file = (path: string) => readFile(new URL(`../${path}`, import.meta.url), "utf8");
    expect(await file("sql/schema.json")).toBe(schemaJson(schema));
    expect(await file("docs/schema.md")).toBe(schemaPage(schema));
  });

  test("every table, column, index and function says what it is", () => {
    const silent = [
      ...schema.relations.flatMap(({ name, comment, columns, indexes }) => [
        ...(comment === "" ? [name] : []),
        ...columns.filter((column) => column.comment === "").map((column) => `${name}.${column.name}`),
        ...indexes
          .filter((index) => index.comment === "" && index.name !== "migration_log_pkey")
          .map((index) => index.name),
      ]),
      ...schema.routines.filter(({ comment }) => comment === "").map(({ signature }) => signature),
    ];
    expect(silent).toEqual([]);
  });

  test("partitions carry their columns' comments and their own", async () => {
    await database.query("SELECT create_monthly_partition('scalp_ticks', '2026-01-01')");
    const silent = await database.query(
      `SELECT a.attname FROM pg_attribute a
       WHERE a.attrelid = 'scalp_ticks_202601'::regclass AND a.attnum > 0 AND NOT a.attisdropped
         AND col_description(a.attrelid, a.attnum) IS NULL
       UNION ALL SELECT 'the table' WHERE obj_description('scalp_ticks_202601'::regclass, 'pg_class') IS NULL`,
    );
    expect(silent).toEqual([]);
  });

  test("there are the tables of the contract and more than 25 indexes by pg_indexes", async () => {
    const names = schema.relations.map(({ name }) => name);
    expect(names).toEqual(
      expect.arrayContaining([
        ...["scalp_ticks", "scalp_1m_bars", "scalp_gaps", "swing_bars_10m", "eod_prices"],
        ...["portfolio_policy", "target_weights", "portfolio_snapshot", "portfolio_positions"],
        ...["rebalance_plan", "rebalance_orders", "rebalance_execution", "portfolio_ledger"],
        ...["analysis_rolling_stats", "analysis_threshold_candidates", "analysis_signal_events"],
        ...["analysis_runs", "analysis_trades", "condition_expressions", "condition_runs", "condition_hits"],
        ...["partition_management", "archive_manifest", "ingest_files", "ingest_rejects"],
        ...["collector_sessions", "symbols", "universe_daily", "market_sessions", "corporate_actions"],
        ...["mv_rolling_stats_hourly", "portfolio_positions_summary", "migration_log"],
      ]),
    );
    const [{ count } = { count: 0 }] = await database.query<{ count: number }>(
      "SELECT count(*)::int AS count FROM pg_indexes WHERE schemaname = 'public'",
    );
    expect(count).toBeGreaterThan(25);
  });

  test("ticks pay for a key and a BRIN, and for nothing else", () => {
    const ticks = schema.relations.find(({ name }) => name === "scalp_ticks");
    expect(ticks?.indexes.map(({ name }) => name)).toEqual(["idx_scalp_ticks_brin", "scalp_ticks_pkey"]);
    expect(ticks?.constraints).toEqual([]);
    expect(ticks?.triggers).toEqual([]);
  });

  test("generated columns hold what they say", async () => {
    await database.query(
      `INSERT INTO scalp_ticks (symbol, event_time, seq, bid_price, ask_price, session_id) VALUES
         ('A', '2026-01-05 09:00+09', 0, 71450, 71500, 's'),
         ('A', '2026-01-05 09:00+09', 1, 71500, 71450, 's'),
         ('A', '2026-01-05 09:00+09', 2, NULL, 71450, 's'),
         ('A', '2026-01-05 09:00+09', 3, 0, 71450, 's')`,
    );
    expect(await database.query("SELECT spread, spread_pct FROM scalp_ticks ORDER BY seq")).toEqual([
      { spread: "50.0000", spread_pct: "0.00069955" },
      { spread: "-50.0000", spread_pct: "-0.00069955" },
      { spread: null, spread_pct: null },
      { spread: "71450.0000", spread_pct: null },
    ]);
    const coverages = [1, 0.9, 0.8999, 0.75, 0.5, 0.49, null];
    for (const [minute, coverage] of coverages.entries()) {
      await database.query(
        `INSERT INTO scalp_1m_bars (symbol, bar_time, coverage_ratio, session_id)
         VALUES ('A', '2026-01-05 09:00+09'::timestamptz + $1 * interval '1 minute', $2, 's')`,
        [minute, coverage],
      );
    }
    const grades = await database.query("SELECT quality_grade AS grade FROM scalp_1m_bars ORDER BY bar_time");
    expect(grades.map(({ grade }) => grade)).toEqual(["A", "A", "B", "B", "C", "D", null]);
  });

  test("the spread is computed on reading where the server can, stored where it cannot", async () => {
    const kinds = await database.query(
      `SELECT DISTINCT a.attrelid::regclass::text AS relation, a.attgenerated::text AS kept FROM pg_attribute a
       WHERE a.attrelid IN ('scalp_ticks'::regclass, 'scalp_ticks_202601'::regclass) AND a.attname LIKE 'spread%'
       ORDER BY relation`,
    );
    const kept = inject("postgres").version >= 180000 ? "v" : "s";
    expect(kinds).toEqual([
      { relation: "scalp_ticks", kept },
      { relation: "scalp_ticks_202601", kept },
    ]);
  });

  test("coverage outside 0..1 is refused", async () => {
    const insert = (coverage: number) =>
      database.query(
        "INSERT INTO scalp_1m_bars (symbol, bar_time, coverage_ratio, session_id) VALUES ('B', now(), $1, 's')",
        [coverage],
      );
    await expect(insert(1.01)).rejects.toMatchObject({ code: "23514" });
    await expect(insert(-0.01)).rejects.toMatchObject({ code: "23514" });
  });

  test("a gap is one row, also when it concerns every symbol; its severity follows its length", async () => {
    const insert = (symbol: string | null, seconds: number) =>
      database.query(
        `INSERT INTO scalp_gaps (gap_start_ts, gap_end_ts, gap_seconds, scope, symbol, reason, session_id)
         VALUES ('2026-01-05 09:00+09', '2026-01-05 09:00+09'::timestamptz + $2 * interval '1 second', $2, 'scalp', $1, 'ws_disconnect', 's')`,
        [symbol, seconds],
      );
    await insert(null, 59);
    await insert("005930", 60);
    await insert("000660", 300);
    await expect(insert(null, 5)).rejects.toMatchObject({ code: "23505" });
    await expect(insert("005930", 5)).rejects.toMatchObject({ code: "23505" });
    expect(await database.query("SELECT severity FROM scalp_gaps ORDER BY gap_seconds")).toEqual([
      { severity: "minor" },
      { severity: "major" },
      { severity: "critical" },
    ]);
  });

  test("what a database lacks, has too much or has otherwise is told one by one", async () => {
    const other = await freshDatabase({ migrated: true });
    try {
      await other.query("DROP INDEX idx_swing_10m_quality");
      await other.query("ALTER TABLE eod_prices ADD COLUMN mine INTEGER");
      await other.query("ALTER TABLE scalp_gaps ALTER COLUMN reason TYPE TEXT");
      const { schema: found } = await dumpSchema(other.ownerUrl);
      expect(compareSchemas(schema, found)).toMatchObject([
        { kind: "different", what: "column scalp_gaps.reason", found: expect.stringMatching(/^text: /) },
        { kind: "missing", what: "index idx_swing_10m_quality" },
        { kind: "unexpected", what: "column eod_prices.mine" },
      ]);
    } finally {
      await other.drop();
    }
  });
});
