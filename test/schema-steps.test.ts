import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { migrate, migrationNames } from "../src/store/index.ts";
import { freshDatabase, type TestDatabase } from "./postgres.ts";
import { dumpSchema, type SchemaDump } from "./schema-dump.ts";

describe("migrations", () => {
  const databases: TestDatabase[] = [];
  const empty = async () => {
    const database = await freshDatabase({ migrated: false });
    databases.push(database);
    return database;
  };
  let names: string[] = [];
  beforeAll(async () => {
    names = await migrationNames();
  });
  afterAll(() => Promise.all(databases.map((database) => database.drop())));

  test("every step can be taken back and applied again, and leaves what was there before and after", async () => {
    const { ownerUrl } = await empty();
    let before: SchemaDump | undefined;
    for (const name of names) {
      expect(await migrate(ownerUrl, { to: name })).toMatchObject({ applied: [name], reverted: [] });
      const after = await dumpSchema(ownerUrl);
      expect(await migrate(ownerUrl, { direction: "down" })).toMatchObject({ applied: [], reverted: [name] });
      if (before !== undefined) expect(await dumpSchema(ownerUrl), `${name} taken back`).toEqual(before);
      expect(await migrate(ownerUrl, { to: name })).toMatchObject({ applied: [name] });
      expect(await dumpSchema(ownerUrl), `${name} applied again`).toEqual(after);
      before = after;
    }
  });

  test("all the way down leaves nothing but the ledger, and up again everything", async () => {
    const { ownerUrl } = await empty();
    await migrate(ownerUrl);
    const after = await dumpSchema(ownerUrl);
    const down = await migrate(ownerUrl, { direction: "down", to: "empty" });
    expect(down).toMatchObject({ reverted: [...names].reverse() });
    expect(down).not.toHaveProperty("error");
    const { schema } = await dumpSchema(ownerUrl);
    expect(schema.relations.map(({ name }) => name)).toEqual(["migration_log"]);
    expect(schema.routines).toEqual([]);
    await migrate(ownerUrl);
    expect(await dumpSchema(ownerUrl)).toEqual(after);
  });

  test("two processes at once: one applies everything, the other finds it done", async () => {
    const { ownerUrl } = await empty();
    const outcomes = await Promise.all([migrate(ownerUrl), migrate(ownerUrl)]);
    expect(outcomes.map(({ error }) => error)).toEqual([undefined, undefined]);
    expect(outcomes.map(({ applied }) => applied.length).sort((a, b) => a - b)).toEqual([0, names.length]);
  });

  test("a migration that fails is named, what came before it stands, and the next run goes on", async () => {
    const { ownerUrl, query } = await empty();
    const [first, second, third] = names;
    await migrate(ownerUrl, { to: first ?? "" });
    await query("CREATE TABLE target_weights (in_the_way INTEGER)");
    const outcome = await migrate(ownerUrl);
    expect(outcome).toMatchObject({ applied: [second], error: { code: "OBS_MIGRATION_FAILED" } });
    expect(outcome.error?.message).toContain(third);
    expect(await query("SELECT to_regclass('portfolio_policy') AS made")).toEqual([{ made: null }]);
    await query("DROP TABLE target_weights");
    expect(await migrate(ownerUrl)).toMatchObject({ applied: names.slice(2) });
  });

  test("a database migrated by a later program is refused, with the names", async () => {
    const { ownerUrl, query } = await empty();
    await migrate(ownerUrl);
    await query("INSERT INTO migration_log (name, run_on) VALUES ('9999_from_the_future', now())");
    const { error, applied } = await migrate(ownerUrl);
    expect(applied).toEqual([]);
    expect(error).toMatchObject({ code: "OBS_DATABASE_NEWER" });
    expect(error?.message).toContain("9999_from_the_future");
  });

  test.each([
    ["tables without a ledger", "CREATE TABLE scalp_ticks (id BIGSERIAL)"],
    ["another tool's ledger", "CREATE TABLE migration_log (version INTEGER)"],
    [
      "an empty ledger beside tables",
      "CREATE TABLE swing_bars_10m (symbol TEXT); CREATE TABLE migration_log (id SERIAL PRIMARY KEY, name TEXT, run_on TIMESTAMP)",
    ],
  ])("a database with %s is refused and left as it is", async (_, sql) => {
    const { ownerUrl, query } = await empty();
    await query(sql);
    const before = await dumpSchema(ownerUrl);
    expect(await migrate(ownerUrl)).toMatchObject({ applied: [], error: { code: "OBS_DATABASE_FOREIGN" } });
    expect(await dumpSchema(ownerUrl)).toEqual(before);
  });

  test("the order of application is kept whatever time zone the role has", async () => {
    const { ownerUrl, query, name } = await empty();
    await query(`ALTER ROLE observer_owner IN DATABASE ${name} SET timezone TO 'Asia/Seoul'`);
    await migrate(ownerUrl, { to: names[1] ?? "" });
    await query(`ALTER ROLE observer_owner IN DATABASE ${name} SET timezone TO 'America/New_York'`);
    const outcome = await migrate(ownerUrl);
    expect(outcome.error).toBeUndefined();
    expect(await migrate(ownerUrl)).toMatchObject({ applied: [] });
  });

  test("the bid/ask step backs up what was there, and taking it back loses no quote", async () => {
    const { ownerUrl, query } = await empty();
    await migrate(ownerUrl, { to: "0001_market_data" });
    const bar = (symbol: string, close: number) =>
      query(
        `INSERT INTO swing_bars_10m (symbol, bar_time, close, session_id) VALUES ($1, '2026-01-05 09:00+09', $2, 's')`,
        [symbol, close],
      );
    await bar("005930", 71500);
    await migrate(ownerUrl, { to: "0002_swing_bid_ask" });
    expect(await query("SELECT symbol, close FROM swing_bars_10m_backup")).toEqual([
      { symbol: "005930", close: "71500.0000" },
    ]);
    await bar("000660", 120000);
    await query(
      "UPDATE swing_bars_10m SET bid_price = close - 50, ask_price = close WHERE symbol = '000660'",
    );
    const quotes = () => query("SELECT symbol, bid_price, ask_price FROM swing_bars_10m ORDER BY symbol");
    const before = await quotes();

    expect(await migrate(ownerUrl, { direction: "down" })).toMatchObject({
      reverted: ["0002_swing_bid_ask"],
    });
    expect(await query("SELECT symbol FROM swing_bars_10m ORDER BY symbol")).toHaveLength(2);
    await migrate(ownerUrl, { to: "0002_swing_bid_ask" });
    expect(await quotes()).toEqual(before);
    expect(await query("SELECT to_regclass('swing_bars_10m_saved_quotes') AS saved")).toEqual([
      { saved: null },
    ]);
  });

  test("the bid/ask step is not taken back while the backup holds bars the table has lost", async () => {
    const { ownerUrl, query } = await empty();
    await migrate(ownerUrl, { to: "0001_market_data" });
    await query(
      `INSERT INTO swing_bars_10m (symbol, bar_time, session_id) VALUES ('005930', '2026-01-05 09:00+09', 's')`,
    );
    await migrate(ownerUrl, { to: "0002_swing_bid_ask" });
    await query("DELETE FROM swing_bars_10m");
    const { reverted, error } = await migrate(ownerUrl, { direction: "down" });
    expect(reverted).toEqual([]);
    expect(error?.message).toMatch(/lacks 1 bars.*Copy them back/);
    await query("DROP TABLE swing_bars_10m_backup");
    expect(await migrate(ownerUrl, { direction: "down" })).toMatchObject({
      reverted: ["0002_swing_bid_ask"],
    });
  });
});
