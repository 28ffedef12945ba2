import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { rollbackFile, verify } from "../src/verify/index.ts";
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

const failures = async () => {
  const { checks } = await verify(copy.store, { nowUs: NOW_US, clockMs: () => 0 });
  return checks.filter(({ result }) => result.kind === "failed");
};
const count = async (table: string, where = "TRUE") =>
  (await copy.query<{ n: number }>(`SELECT count(*)::int AS n FROM ${table} WHERE ${where}`))[0]?.n;
const ledger = (fileId: number) =>
  copy.query(
    `SELECT state, rows::int, rejects::int, checkpoint_bytes::int, first_event_time FROM ingest_files WHERE file_id = ${fileId}`,
  );
const FORGOTTEN = { state: "pending", rows: 0, rejects: 0, checkpoint_bytes: 0, first_event_time: null };

test("a dry run says what would go and changes nothing", async () => {
  const planned = await rollbackFile(copy.store, "scalp/20260105_09.jsonl", { dryRun: true });
  expect(planned).toEqual({
    fileId: 1,
    path: "scalp/20260105_09.jsonl",
    dataset: "scalp",
    kind: "planned",
    rows: 2340,
    rejects: 1,
    days: [{ date: "2026-01-05", table: "scalp_ticks", symbols: ["000660", "005930"], rows: 2340 }],
    reload: [],
  });
  expect(await count("scalp_ticks", "ingest_file_id = 1")).toBe(2340);
  expect(await failures()).toEqual([]);
});

test("a file of ticks goes with its rejects, its bars and its gaps; live ticks and imported bars stay", async () => {
  const done = await rollbackFile(copy.store, 1, { dryRun: false });
  expect([done.kind, done.rows]).toEqual(["done", 2340]);
  expect(await count("scalp_ticks")).toBe(600);
  expect(await count("scalp_1m_bars")).toBe(6);
  expect(await count("ingest_rejects")).toBe(0);
  expect(await count("scalp_gaps", "reason = 'back_fill_hole'")).toBe(0);
  expect(await ledger(1)).toEqual([FORGOTTEN]);
  expect(await failures()).toEqual([]);
});

test("stopped before the bars were built again, the same call does the rest", async () => {
  await copy.query(`DELETE FROM scalp_ticks WHERE ingest_file_id = 1;
    DELETE FROM ingest_rejects;
    UPDATE ingest_files SET state = 'pending', rows = 0, rejects = 0, derived_at = NULL, checkpoint_bytes = 0 WHERE file_id = 1`);
  expect((await failures()).map(({ name }) => name)).toEqual(["minute-bars-match-ticks"]);
  await rollbackFile(copy.store, 1, { dryRun: false });
  expect(await ledger(1)).toEqual([FORGOTTEN]);
  expect(await failures()).toEqual([]);
});

test("a file of bars goes; the returns after it follow", async () => {
  await rollbackFile(copy.store, 2, { dryRun: false });
  expect(await count("swing_bars_10m")).toBe(156);
  const first = await copy.query(
    "SELECT returns_pct FROM swing_bars_10m WHERE bar_time = '2026-01-06 09:00+09' AND symbol = '005930'",
  );
  expect(first).toEqual([{ returns_pct: null }]);
  expect(await failures()).toEqual([]);
});

test("a file of gaps goes; what it explained is found in the data", async () => {
  await copy.query(`DELETE FROM scalp_gaps WHERE reason = 'back_fill_hole';
    UPDATE scalp_gaps SET gap_start_ts = '2026-01-05 09:02:59+09', gap_end_ts = '2026-01-05 09:03:31+09', gap_seconds = 32,
      symbol = NULL WHERE ingest_file_id = 3;
    UPDATE ingest_files SET first_event_time = '2026-01-05 09:02:59+09', last_event_time = '2026-01-05 09:02:59+09' WHERE file_id = 3`);
  expect(await failures()).toEqual([]);
  const { days } = await rollbackFile(copy.store, 3, { dryRun: false });
  expect(days).toEqual([{ date: "2026-01-05", table: "scalp_gaps", symbols: [], rows: 1 }]);
  expect(await count("scalp_gaps", "reason = 'back_fill_hole' AND symbol = '000660'")).toBe(1);
  expect(await failures()).toEqual([]);
});

test("names the files that must be loaded again: whose bars were replaced, whose ticks came second", async () => {
  await copy.query(`INSERT INTO ingest_files (file_id, path, dataset, rows, duplicates, state, first_event_time, last_event_time)
    VALUES (4, 'scalp/again.jsonl', 'scalp', 0, 9, 'loaded', '2026-01-05 09:00+09', '2026-01-05 09:01+09'),
      (5, 'swing/older.jsonl', 'swing', 0, 0, 'loaded', '2026-01-05 09:00+09', '2026-01-05 09:00+09'),
      (6, 'swing/elsewhere.jsonl', 'swing', 0, 0, 'loaded', '2025-12-05 09:00+09', '2025-12-05 09:00+09');
    UPDATE ingest_files SET updated = 2 WHERE file_id = 2`);
  const ticks = await rollbackFile(copy.store, 1, { dryRun: true });
  expect(ticks.reload).toEqual([{ fileId: 4, path: "scalp/again.jsonl" }]);
  const bars = await rollbackFile(copy.store, 2, { dryRun: true });
  expect(bars.reload).toEqual([{ fileId: 5, path: "swing/older.jsonl" }]);
});

test("refuses a file it does not know, and to work beside a back-fill", async () => {
  await expect(rollbackFile(copy.store, "no/such.jsonl", { dryRun: false })).rejects.toMatchObject({
    code: "OBS_FILE_UNKNOWN",
  });
  const [{ held } = { held: false }] = await copy.query<{ held: boolean }>(
    `SELECT pg_try_advisory_lock(${0x0b5e_b0ac}) AS held`,
  );
  expect(held).toBe(true);
  await expect(rollbackFile(copy.store, 1, { dryRun: false })).rejects.toMatchObject({
    code: "OBS_BACKFILL_BUSY",
  });
  expect(await count("scalp_ticks", "ingest_file_id = 1")).toBe(2340);
});
