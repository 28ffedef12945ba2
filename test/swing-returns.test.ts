import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { freshDatabase, type TestDatabase } from "./postgres.ts";
import { openSession } from "./session.ts";

const NAIVE = `
  SELECT symbol, bar_time, returns_pct AS stored,
    round(close / nullif(lag(close) OVER (PARTITION BY symbol ORDER BY bar_time), 0) - 1, 8) AS expected
  FROM swing_bars_10m`;

/** A bar every few days apart or ten minutes apart, so that both near and far neighbours occur. */
const slot = fc.oneof(
  fc.integer({ min: 0, max: 12 }),
  fc.integer({ min: 0, max: 6 }).map((n) => n * 5000),
);
const key = fc.record({ symbol: fc.constantFrom("A", "B"), slot });
const close = fc.integer({ min: 1, max: 99 });
const step = fc.oneof(
  fc.record({
    kind: fc.constant("upsert" as const),
    bars: fc.array(fc.record({ key, close }), { minLength: 1, maxLength: 8 }),
  }),
  fc.record({ kind: fc.constant("delete" as const), keys: fc.array(key, { minLength: 1, maxLength: 5 }) }),
  fc.record({ kind: fc.constant("reprice" as const), symbol: fc.constantFrom("A", "B"), add: close }),
  fc.record({ kind: fc.constant("shift" as const), from: key, bySlots: fc.integer({ min: 1, max: 20 }) }),
  fc.record({ kind: fc.constant("spoil" as const), symbol: fc.constantFrom("A", "B") }),
);

type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

describe("returns of ten-minute bars", () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await freshDatabase({ migrated: true });
  });
  afterAll(() => database.drop());

  const time = "'2026-01-05 09:00+09'::timestamptz + slot * interval '10 minutes'";
  const put = (bars: { symbol: string; slot: number; close: number }[]) =>
    database.query(
      `INSERT INTO swing_bars_10m (symbol, bar_time, close, session_id)
       SELECT DISTINCT ON (symbol, slot) symbol, ${time}, close, 's'
       FROM unnest($1::text[], $2::int[], $3::numeric[]) AS b (symbol, slot, close)
       ON CONFLICT (symbol, bar_time) DO UPDATE SET close = excluded.close`,
      [bars.map((bar) => bar.symbol), bars.map((bar) => bar.slot), bars.map((bar) => bar.close)],
    );
  const wrong = () =>
    database.query(
      `SELECT symbol, bar_time, stored, expected FROM (${NAIVE}) b WHERE stored IS DISTINCT FROM expected`,
    );

  async function apply(change: Step): Promise<void> {
    switch (change.kind) {
      case "upsert":
        await put(change.bars.map(({ key: at, close: price }) => ({ ...at, close: price })));
        return;
      case "delete":
        await database.query(
          `DELETE FROM swing_bars_10m USING unnest($1::text[], $2::int[]) AS k (symbol, slot)
           WHERE swing_bars_10m.symbol = k.symbol AND bar_time = ${time}`,
          [change.keys.map((k) => k.symbol), change.keys.map((k) => k.slot)],
        );
        return;
      case "reprice":
        await database.query("UPDATE swing_bars_10m SET close = close + $2 WHERE symbol = $1", [
          change.symbol,
          change.add,
        ]);
        return;
      case "shift":
        await database.query(
          `UPDATE swing_bars_10m AS b SET bar_time = bar_time + $3 * interval '10 minutes'
           FROM (SELECT $2::int AS slot) k
           WHERE b.symbol = $1 AND b.bar_time = ${time} AND NOT EXISTS (
             SELECT FROM swing_bars_10m o
             WHERE o.symbol = b.symbol AND o.bar_time = b.bar_time + $3 * interval '10 minutes')`,
          [change.from.symbol, change.from.slot, change.bySlots],
        );
        return;
      case "spoil":
        await database.query("UPDATE swing_bars_10m SET returns_pct = 0.5 WHERE symbol = $1", [
          change.symbol,
        ]);
        return;
      default:
        return change satisfies never;
    }
  }

  test("after any inserts, updates and deletes in any order they equal a recomputation", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 8 }), async (changes) => {
        await database.query("TRUNCATE swing_bars_10m");
        for (const change of changes) {
          await apply(change);
          expect(await wrong()).toEqual([]);
        }
      }),
      { numRuns: 60 },
    );
  });

  test("a back-filled bar mends its successor; the first bar has no return", async () => {
    await database.query("TRUNCATE swing_bars_10m");
    await put([
      { symbol: "A", slot: 0, close: 100 },
      { symbol: "A", slot: 2, close: 110 },
    ]);
    await put([{ symbol: "A", slot: 1, close: 105 }]);
    expect(await database.query("SELECT returns_pct FROM swing_bars_10m ORDER BY bar_time")).toEqual([
      { returns_pct: null },
      { returns_pct: "0.05000000" },
      { returns_pct: "0.04761905" },
    ]);
  });

  test("a return too large for its column is NULL and does not stop the load", async () => {
    await database.query("TRUNCATE swing_bars_10m");
    await put([
      { symbol: "A", slot: 0, close: 0.0001 },
      { symbol: "A", slot: 1, close: 99999999999 },
      { symbol: "A", slot: 2, close: 0 },
    ]);
    await put([{ symbol: "A", slot: 3, close: 5 }]);
    expect(await database.query("SELECT returns_pct FROM swing_bars_10m ORDER BY bar_time")).toEqual([
      { returns_pct: null },
      { returns_pct: null },
      { returns_pct: "-1.00000000" },
      { returns_pct: null },
    ]);
  });

  test("neighbours written by two transactions at once still see each other", async () => {
    await database.query("TRUNCATE swing_bars_10m");
    const first = await openSession(database.writerUrl);
    const second = await openSession(database.writerUrl);
    const insert = (client: typeof first, at: string, price: number) =>
      client.query(
        "INSERT INTO swing_bars_10m (symbol, bar_time, close, session_id) VALUES ('A', $1, $2, 's')",
        [at, price],
      );
    await first.query("BEGIN");
    await second.query("BEGIN");
    await insert(first, "2026-01-05 09:00+09", 100);
    const waiting = insert(second, "2026-01-05 09:10+09", 101);
    await first.query("COMMIT");
    await waiting;
    await second.query("COMMIT");
    expect(await wrong()).toEqual([]);
  });
});
