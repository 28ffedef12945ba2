import { mkdtemp, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, onTestFinished, test } from "vitest";
import { buildBars, syncMarketSessions } from "../src/derive/index.ts";
import { tradeDate } from "../src/record/index.ts";
import { repair, type VerifyOptions, verify } from "../src/verify/index.ts";
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

const OPTIONS = { nowUs: NOW_US, clockMs: () => 0 };
const failures = async (options: Partial<VerifyOptions> = {}) => {
  const { checks } = await verify(copy.store, { ...OPTIONS, ...options });
  return checks.filter(({ result }) => result.kind === "failed");
};
const names = async (options: Partial<VerifyOptions>) => (await failures(options)).map(({ name }) => name);

test("a fault outside the dates or symbols of the scope is not looked at, nor mended", async () => {
  await copy.query("UPDATE scalp_1m_bars SET volume = 1 WHERE symbol = '000660' AND source = 'ticks'");
  const broken = ["minute-bars-match-ticks"];
  expect(await names({ scope: { symbols: ["005930"] } })).toEqual([]);
  expect(await names({ scope: { from: "2026-01-06" } })).toEqual([]);
  expect(await names({ scope: { to: "2026-01-04" } })).toEqual([]);
  expect(await names({ scope: { tables: ["swing_bars_10m"] } })).toEqual([]);
  expect(await names({ scope: { from: "2026-01-05", to: "2026-01-05", symbols: ["000660"] } })).toEqual(
    broken,
  );
  const elsewhere = { scope: { symbols: ["005930"] }, plan: false };
  expect(await repair(copy.store, { ...OPTIONS, ...elsewhere })).toMatchObject({ steps: [], after: null });
  expect(await names({})).toEqual(broken);
});

test("many faults: all are counted, the first twenty shown", async () => {
  await copy.query("UPDATE swing_bars_10m SET low = 0");
  const [check] = await failures({ checks: ["swing-bar-values"] });
  expect(check?.result).toMatchObject({ kind: "failed", count: 234 });
  expect(check?.result.kind === "failed" && check.result.samples.length).toBe(20);
});

test.each([
  { scope: { from: "2026-02-30" } },
  { scope: { from: "2026-01-07", to: "2026-01-06" } },
  { scope: { symbols: [] } },
  { scope: { tables: ["no_such_table"] } },
  { checks: ["no-such-check"] },
])("refuses %j", async (options) => {
  await expect(verify(copy.store, { ...OPTIONS, ...options })).rejects.toMatchObject({
    code: "OBS_ARGUMENT_INVALID",
  });
});

test("a check that cannot be carried out has failed, and the others go on", async () => {
  await copy.query("DROP VIEW tick_partitions");
  const failed = await failures();
  expect(failed.map(({ name }) => name)).toEqual([
    ...["schema-manifest", "partition-bounds", "partitions-ahead", "hot-bound"],
    ...["minute-bars-match-ticks", "tick-silences", "hot-query-plans"],
  ]);
  expect(failed[1]?.result).toMatchObject({
    samples: [{ error: 'relation "tick_partitions" does not exist' }],
  });
});

test("files on disk are looked at when asked: one grew, one is gone", async () => {
  const directory = await mkdtemp(join(tmpdir(), "observer-verify-"));
  onTestFinished(() => rm(directory, { recursive: true }));
  const paths = [1, 2, 3].map((id) => join(directory, `${id}.jsonl`));
  await copy.query(
    paths.map((path, i) => `UPDATE ingest_files SET path = '${path}' WHERE file_id = ${i + 1}`).join(";"),
  );
  for (const path of paths) await writeFile(path, "x".repeat(100));
  const asked = { checks: ["files-on-disk"], scope: { files: true } };
  expect(await failures(asked)).toEqual([]);
  await truncate(paths[0] ?? "", 120);
  await rm(paths[1] ?? "");
  const [check] = await failures(asked);
  expect(check?.result).toMatchObject({
    count: 2,
    samples: [
      { file_id: 1, defect: "grew from 100 to 120 bytes" },
      { file_id: 2, defect: expect.stringContaining("cannot be read") },
    ],
  });
});

test("hot questions of a big table must not read all of it", async () => {
  await copy.query(`ALTER TABLE swing_bars_10m DISABLE TRIGGER USER;
    INSERT INTO swing_bars_10m (symbol, bar_time, open, high, low, close, volume, session_id)
    SELECT lpad(s::text, 6, '0'), timestamptz '2020-01-01Z' + n * interval '10 minutes', 1, 1, 1, 1, 1, 'big'
    FROM generate_series(1, 100) AS s, generate_series(1, 1100) AS n;
    ALTER TABLE swing_bars_10m ENABLE TRIGGER USER;
    ANALYZE swing_bars_10m`);
  const plans = async () =>
    (await verify(copy.store, { ...OPTIONS, checks: ["hot-query-plans"] })).checks[0]?.result;
  expect(await plans()).toEqual({ kind: "passed" });
  await copy.query(`ALTER TABLE swing_bars_10m DROP CONSTRAINT swing_bars_10m_pkey;
    DROP INDEX idx_swing_10m_covering, idx_swing_10m_quality, idx_swing_10m_time_desc`);
  expect(await plans()).toMatchObject({
    kind: "failed",
    samples: expect.arrayContaining([
      { question: "latest_swing_bars", table_name: "swing_bars_10m", rows: 110_234 },
    ]),
  });
});

test("a month that lies by symbol, as cold ones do, is checked symbol by symbol with the same answer", async () => {
  await copy.query(`UPDATE scalp_1m_bars SET volume = 1 WHERE symbol = '000660' AND bar_time = '2026-01-05 09:05+09';
    DELETE FROM scalp_gaps WHERE reason = 'back_fill_hole'`);
  const before = await failures();
  await copy.query("CLUSTER scalp_ticks_202601 USING scalp_ticks_202601_pkey; ANALYZE scalp_ticks_202601");
  const ranges = await copy.query(
    "SELECT correlation > 0.9 AS is_cold FROM pg_stats WHERE tablename = 'scalp_ticks_202601' AND attname = 'symbol'",
  );
  expect(ranges).toEqual([{ is_cold: true }]);
  expect(before.map(({ name }) => name)).toEqual(["minute-bars-match-ticks", "tick-silences"]);
  expect(await failures()).toEqual(before);
});

test("a month whose ticks an archive holds is no fault, and its bars are left alone", async () => {
  await copy.query(`INSERT INTO archive_manifest (table_name, partition_name, file, rows, bytes, sha256, content_hash,
      column_sums, verified_at, dropped_at)
    VALUES ('scalp_ticks', 'scalp_ticks_202601', 'a.parquet', 2940, 1, repeat('a', 64), repeat('b', 64), '{}', now(), now());
    TRUNCATE scalp_ticks_202601`);
  expect(await failures()).toEqual([]);
});

test("minutes of every kind agree: counters that fall, restart or go missing, two sessions, no price, no volume", async () => {
  await copy.query(`SELECT setseed(0.42);
    INSERT INTO scalp_ticks (symbol, event_time, seq, bid_price, ask_price, last_price, volume, acml_volume, acml_value,
      session_id, mitigation_level, venue)
    SELECT lpad((n % 5)::text, 6, '1'), timestamptz '2026-01-07 08:58+09' + floor(random() * 500) * interval '1 second', n,
      CASE WHEN random() < 0.9 THEN 70000 + floor(random() * 9) * 100 END,
      CASE WHEN random() < 0.9 THEN 71000 + floor(random() * 9) * 100 END,
      CASE WHEN random() < 0.8 THEN 70000 + floor(random() * 9) * 100 END,
      CASE WHEN random() < 0.9 THEN floor(random() * 20) END,
      CASE WHEN random() < 0.6 THEN n / 10 + floor(random() * 300) END,
      CASE WHEN random() < 0.5 THEN (n / 10 + floor(random() * 300)) * 70000 END,
      CASE WHEN random() < 0.5 THEN 'a' ELSE 'b' END, floor(random() * 3),
      CASE WHEN n % 5 = 0 THEN 'NXT' END
    FROM generate_series(1, 4000) AS n`);
  const day = tradeDate("2026-01-07");
  await syncMarketSessions(copy.store, day, day);
  await buildBars(copy.store, { from: day, to: day });
  expect(await names({ checks: ["minute-bars-match-ticks", "coverage-definition"] })).toEqual([]);
  expect(
    await copy.query(
      "SELECT count(*) > 30 AS many FROM scalp_1m_bars WHERE bar_time > '2026-01-07 00:00+09'",
    ),
  ).toEqual([{ many: true }]);
});
