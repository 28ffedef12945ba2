import pg from "pg";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { ensureRoles } from "../src/store/index.ts";
import { freshDatabase, type TestDatabase } from "./postgres.ts";

const DENIED = { code: "42501" };

describe("roles", () => {
  let database: TestDatabase;
  let writer: pg.Client;
  let reader: pg.Client;
  const connect = async (connectionString: string) => {
    const client = new pg.Client({ connectionString });
    await client.connect();
    return client;
  };
  beforeAll(async () => {
    database = await freshDatabase({ migrated: true });
    writer = await connect(database.writerUrl);
    reader = await connect(database.readerUrl);
    await writer.query("SELECT create_monthly_partition('scalp_ticks', '2026-01-01')");
  });
  afterAll(async () => {
    await writer.end();
    await reader.end();
    await database.drop();
  });

  test("the writer stores, corrects and removes rows, and uses temporary tables for staging", async () => {
    await writer.query("CREATE TEMP TABLE staged (LIKE scalp_ticks INCLUDING DEFAULTS)");
    await writer.query(
      "INSERT INTO scalp_ticks (symbol, event_time, session_id) VALUES ('A', '2026-01-05 09:00+09', 's')",
    );
    await writer.query("UPDATE scalp_ticks SET volume = 1 WHERE symbol = 'A'");
    await writer.query(
      "INSERT INTO scalp_gaps (gap_start_ts, gap_end_ts, gap_seconds, session_id) VALUES (now(), now(), 0, 's')",
    );
    await writer.query(
      "INSERT INTO swing_bars_10m (symbol, bar_time, close, session_id) VALUES ('A', '2026-01-05 09:00+09', 1, 's')",
    );
    await writer.query("DELETE FROM scalp_ticks WHERE symbol = 'A'");
    await writer.query("SELECT refresh_rolling_stats_hourly(), maintain_partitions(), move_hot_bound()");
  });

  test.each([
    "CREATE TABLE mine (n INTEGER)",
    "ALTER TABLE scalp_ticks ADD COLUMN mine INTEGER",
    "ALTER TABLE scalp_ticks_202601 ADD COLUMN mine INTEGER",
    "DROP TABLE scalp_ticks_202601",
    "TRUNCATE scalp_ticks",
    "DROP INDEX idx_scalp_ticks_brin",
    "DELETE FROM migration_log",
    "SELECT grant_observer_roles()",
    "UPDATE portfolio_ledger SET note = 'changed'",
    "DELETE FROM portfolio_ledger",
    "ALTER TABLE portfolio_ledger DISABLE TRIGGER ALL",
  ])("the writer may not: %s", async (sql) => {
    await expect(writer.query(sql)).rejects.toMatchObject(DENIED);
  });

  test("the reader reads every table and view", async () => {
    const { rows } = await reader.query<{ name: string }>(
      `SELECT oid::regclass::text AS name FROM pg_class
       WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm')
         AND NOT has_table_privilege(oid, 'SELECT')`,
    );
    expect(rows).toEqual([]);
    await reader.query("SELECT count(*) FROM scalp_ticks_of_session('s')");
  });

  test.each([
    "INSERT INTO scalp_gaps (gap_start_ts, gap_end_ts, gap_seconds, session_id) VALUES (now(), now(), 0, 's')",
    "UPDATE scalp_ticks SET volume = 1",
    "DELETE FROM swing_bars_10m",
    "CREATE TABLE mine (n INTEGER)",
    "CREATE TEMP TABLE mine (n INTEGER)",
    "SELECT nextval('scalp_gaps_id_seq')",
    "SELECT create_monthly_partition('scalp_ticks', '2026-02-01')",
    "SELECT move_hot_bound()",
    "SELECT refresh_rolling_stats_hourly()",
    "SELECT mend_swing_returns(ARRAY['A'], ARRAY[now()])",
  ])("the reader may not: %s", async (sql) => {
    await expect(reader.query(sql)).rejects.toMatchObject(DENIED);
  });

  test("no role has more than the reader's rights on functions by being in PUBLIC", async () => {
    const open = await database.query(
      `SELECT p.oid::regprocedure::text AS name FROM pg_proc p
       CROSS JOIN LATERAL aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a
       WHERE p.pronamespace = 'public'::regnamespace AND a.grantee = 0`,
    );
    expect(open).toEqual([]);
  });

  test("a table made later is readable and writable at once", async () => {
    await database.query("CREATE TABLE later (n SERIAL PRIMARY KEY)");
    await writer.query("INSERT INTO later DEFAULT VALUES");
    expect((await reader.query("SELECT n FROM later")).rows).toEqual([{ n: 1 }]);
    await expect(reader.query("DELETE FROM later")).rejects.toMatchObject(DENIED);
  });

  test("functions that act with the owner's rights cannot be led astray by the caller's search path", async () => {
    const definers = await database.query(
      `SELECT p.proname AS name, p.proconfig AS settings FROM pg_proc p
         WHERE p.pronamespace = 'public'::regnamespace AND p.prosecdef`,
    );
    expect(definers.length).toBeGreaterThan(0);
    for (const { name, settings } of definers)
      expect(settings, name).toEqual(["search_path=public, pg_temp"]);
    await writer.query("CREATE TEMP TABLE partition_management (table_name TEXT)");
    await writer.query("SELECT maintain_partitions()");
  });

  test("setting up again, and by several processes at once, changes nothing", async () => {
    const { adminUrl, passwords } = inject("postgres");
    const setUp = () => ensureRoles(adminUrl, { passwords, database: database.name });
    await Promise.all([setUp(), setUp(), setUp()]);
    await (await connect(database.writerUrl)).end();
  });
});
