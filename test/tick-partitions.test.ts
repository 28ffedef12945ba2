import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { freshDatabase, type TestDatabase } from "./postgres.ts";
import { openSession } from "./session.ts";

describe("partitions of scalp_ticks", () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await freshDatabase({ migrated: true });
  });
  afterAll(() => database.drop());
  const make = (date: string) =>
    database.query<{ name: string }>("SELECT create_monthly_partition('scalp_ticks', $1) AS name", [date]);
  const partitions = () =>
    database.query(
      "SELECT partition_name, from_time, to_time, hot_index FROM tick_partitions ORDER BY from_time",
    );

  test("a month is the Korean one, whatever the session's time zone", async () => {
    const client = await openSession(database.writerUrl);
    await client.query("SET TIME ZONE 'America/New_York'");
    const { rows } = await client.query(
      "SELECT create_monthly_partition('scalp_ticks', '2019-02-28') AS name",
    );
    expect(rows).toEqual([{ name: "scalp_ticks_201902" }]);
    expect(await partitions()).toMatchObject([
      { from_time: new Date("2019-02-01T00:00:00+09:00"), to_time: new Date("2019-03-01T00:00:00+09:00") },
    ]);
    const put = (time: string) =>
      database.query("INSERT INTO scalp_ticks (symbol, event_time, session_id) VALUES ('A', $1, 's')", [
        time,
      ]);
    await put("2019-02-01 00:00:00+09");
    await put("2019-02-28 23:59:59.999999+09");
    await expect(put("2019-01-31 23:59:59.999999+09")).rejects.toMatchObject({ code: "23514" });
    await expect(put("2019-03-01 00:00:00+09")).rejects.toMatchObject({ code: "23514" });
  });

  test("neighbouring months meet without a hole, over a year's end too", async () => {
    await Promise.all(["2019-11-15", "2019-12-01", "2020-01-31", "2020-02-29"].map(make));
    const found = (await partitions()).filter(({ partition_name }) => partition_name >= "scalp_ticks_201911");
    expect(found).toHaveLength(4);
    for (const [i, part] of found.entries()) {
      const next = found[i + 1];
      if (next !== undefined) expect(part.to_time).toEqual(next.from_time);
    }
  });

  test("many at once, for the same months, by the writer: each month is made once and nobody fails", async () => {
    const clients = await Promise.all(Array.from({ length: 8 }, () => openSession(database.writerUrl)));
    const names = await Promise.all(
      clients.map(async (client, i) => {
        const months = i % 2 === 0 ? ["2021-03-01", "2021-04-30"] : ["2021-04-01", "2021-03-31"];
        const { rows } = await client.query(
          "SELECT create_monthly_partition('scalp_ticks', month) AS name FROM unnest($1::date[]) AS month",
          [months],
        );
        return rows.map(({ name }) => name).sort();
      }),
    );
    expect(names).toEqual(clients.map(() => ["scalp_ticks_202103", "scalp_ticks_202104"]));
  });

  test("inside a transaction that has written ticks, and undone with it", async () => {
    await make("2022-01-01");
    const client = await openSession(database.writerUrl);
    await client.query("BEGIN");
    await client.query(
      "INSERT INTO scalp_ticks (symbol, event_time, session_id) VALUES ('A', '2022-01-03 09:00+09', 's')",
    );
    await client.query("SELECT create_monthly_partition('scalp_ticks', '2022-02-01')");
    await client.query(
      "INSERT INTO scalp_ticks (symbol, event_time, session_id) VALUES ('A', '2022-02-03 09:00+09', 's')",
    );
    // A reader is not kept waiting by the attach that is not yet committed.
    expect(
      await database.query("SELECT count(*)::int AS n FROM scalp_ticks WHERE event_time >= '2022-01-01'"),
    ).toEqual([{ n: 0 }]);
    await client.query("ROLLBACK");
    expect((await partitions()).map(({ partition_name }) => partition_name)).not.toContain(
      "scalp_ticks_202202",
    );
  });

  test("a table that is not partitioned, or a name that is taken, is refused by name", async () => {
    await expect(
      database.query("SELECT create_monthly_partition('swing_bars_10m', '2026-01-01')"),
    ).rejects.toMatchObject({ code: "42809" });
    await expect(database.query("SELECT create_monthly_partition('nothing', '2026-01-01')")).rejects.toThrow(
      '"nothing" is not a table partitioned by range',
    );
    await database.query("CREATE TABLE scalp_ticks_202306 (LIKE scalp_ticks)");
    await expect(make("2023-06-01")).rejects.toThrow("exists but is not a partition");
  });

  test("maintenance makes this month and the next, gives them the hot index, and changes nothing when run again", async () => {
    await database.query("SELECT maintain_partitions()");
    const [{ this_month, next_month, after_next } = { this_month: "", next_month: "", after_next: "" }] =
      await database.query(
        `SELECT to_char(k, 'YYYYMM') AS this_month, to_char(k + interval '1 month', 'YYYYMM') AS next_month,
           to_char(k + interval '2 months', 'YYYY-MM-DD') AS after_next
         FROM date_trunc('month', now() AT TIME ZONE 'Asia/Seoul') AS k`,
      );
    const hot = (await partitions()).filter(({ hot_index }) => hot_index !== null);
    expect(hot.map(({ hot_index }) => hot_index)).toEqual(
      expect.arrayContaining([`idx_scalp_ticks_hot_${this_month}`, `idx_scalp_ticks_hot_${next_month}`]),
    );
    const state = () =>
      database.query(
        `SELECT hot_bound, next_partition_date::text AS next,
           (SELECT array_agg(oid::text ORDER BY oid) FROM pg_class WHERE relname LIKE 'idx_scalp_ticks_hot_%') AS indexes
         FROM partition_management WHERE table_name = 'scalp_ticks'`,
      );
    const before = await state();
    expect(before).toMatchObject([{ next: after_next }]);
    await database.query("SELECT maintain_partitions()");
    expect(await state()).toEqual(before);
  });

  test("moving the bound leaves old partitions without the index and serves the newest ticks of all symbols", async () => {
    await make("2024-01-01");
    await make("2024-02-01");
    await database.query(
      `INSERT INTO scalp_ticks (symbol, event_time, last_price, session_id)
       SELECT 'S' || g % 41, '2024-02-01 09:00+09'::timestamptz + g * interval '1 second', 100 + g % 7, 's'
       FROM generate_series(1, 20000) g`,
    );
    await database.query("SELECT move_hot_bound('2024-02-01 09:00+09')");
    const hot = new Map(
      (await partitions()).map(({ partition_name, hot_index }) => [partition_name, hot_index]),
    );
    expect(hot.get("scalp_ticks_202401")).toBeNull();
    expect(hot.get("scalp_ticks_202402")).toBe("idx_scalp_ticks_hot_202402");
    await database.query("ANALYZE scalp_ticks");
    const plan = await database.query<{ "QUERY PLAN": string }>(
      `EXPLAIN SELECT symbol, event_time, last_price FROM scalp_ticks
       WHERE event_time >= '2024-02-01 09:00+09' AND event_time < '2024-03-01 00:00+09'
       ORDER BY event_time DESC, symbol LIMIT 41`,
    );
    expect(plan.map((line) => line["QUERY PLAN"]).join("\n")).toContain("idx_scalp_ticks_hot_202402");
    await database.query("SELECT move_hot_bound('2024-03-01 00:00+09')");
    const later = new Map(
      (await partitions()).map(({ partition_name, hot_index }) => [partition_name, hot_index]),
    );
    expect(later.get("scalp_ticks_202402")).toBeNull();
  });

  test("ticks of a session are found by its time range, pruned to its months", async () => {
    await make("2025-01-01");
    await make("2025-02-01");
    await database.query(
      `INSERT INTO scalp_ticks (symbol, event_time, session_id)
       SELECT 'A', '2025-01-02 09:00+09'::timestamptz + g * interval '1 second', CASE WHEN g % 2 = 0 THEN 'even' ELSE 'odd' END
       FROM generate_series(1, 1000) g`,
    );
    const count = async () =>
      (await database.query("SELECT count(*)::int AS n FROM scalp_ticks_of_session('even')"))[0]?.n;
    expect(await count()).toBe(500);
    await database.query(
      `INSERT INTO collector_sessions (session_id, first_event_time, last_event_time)
       VALUES ('even', '2025-01-02 09:00:01+09', '2025-01-02 09:16:40+09')`,
    );
    expect(await count()).toBe(500);
    const plan = await database.query<{ "QUERY PLAN": string }>(
      "EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, SUMMARY OFF) SELECT symbol, seq FROM scalp_ticks_of_session('even')",
    );
    const text = plan.map((line) => line["QUERY PLAN"]).join("\n");
    expect(text).not.toContain("Function Scan");
    expect(text).toMatch(/scalp_ticks_202502 .*never executed/);
  });
});
