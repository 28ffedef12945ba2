import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { kstMidnightUs, tradeDate } from "../src/record/index.ts";
import { barLine, type JsonlRoot, newJsonlRoot, tickLine, tickLines } from "./jsonl-root.ts";
import { freshDatabase, type TestDatabase } from "./postgres.ts";

const KILLS = 50;
const PROGRAM = fileURLToPath(new URL("./programs/backfill.mjs", import.meta.url));

let db: TestDatabase;
let root: JsonlRoot;

beforeAll(async () => {
  db = await freshDatabase();
  root = await newJsonlRoot();
  // Two days of two symbols in four files, with repeats, late ticks, contradictions, garbage and a torn end.
  for (const [day, shift] of [0, 172_800].entries()) {
    const date = `202601${22 + day}`;
    const other = { symbol: "000660" };
    const lines = tickLines(shift, shift + 6000).flatMap((line, i) => [line, tickLine(shift + i, other)]);
    await root.write(`scalp/${date}_0900.jsonl`, [
      ...lines.slice(0, 6000),
      "garbage",
      ...lines.slice(5900, 6100),
      tickLine(shift, { seq: 0, last_price: 70_900, bid_price: 70_800, ask_price: 71_000 }),
      ...lines.slice(6100, 8000),
      tickLine(shift + 10, { last_price: -1 }),
    ]);
    await root.write(
      `scalp/${date}_1000.jsonl.gz`,
      [...lines.slice(8000).map(String), lines[9000] ?? ""].join("\n"),
    );
  }
  const bars = Array.from({ length: 39 }, (_, slot) => barLine(slot));
  await root.write("swing/20260122.jsonl", [
    ...bars,
    barLine(3, { ts: "2026-01-22T08:00:00Z", volume: 1 }),
    "{",
  ]);
  await root.write("swing/20260122_late.jsonl", [
    barLine(5, { ts: "2026-01-22T09:00:00Z", volume: 2, bid_price: null }),
  ]);
});
afterAll(async () => {
  await db.drop();
  await root.remove();
});

const TABLES = [
  `SELECT t.symbol, t.event_time, t.seq, t.last_price, t.bid_price, t.volume, t.session_id, t.quality_flag, f.path
   FROM scalp_ticks t JOIN ingest_files f ON f.file_id = t.ingest_file_id ORDER BY 1, 2, 3`,
  `SELECT b.symbol, b.bar_time, b.close, b.volume, b.bid_price, b.returns_pct, b.quality_flag, b.collected_at, f.path
   FROM swing_bars_10m b JOIN ingest_files f ON f.file_id = b.ingest_file_id ORDER BY 1, 2`,
  `SELECT f.path, r.line, r.code, r.field, r.reason, r.raw FROM ingest_rejects r JOIN ingest_files f USING (file_id)
   ORDER BY 1, 2, 3`,
  `SELECT path, state, sha256, lines, rows, duplicates, updated, conflicts, rejects, warnings, gate_codes, checkpoint_bytes
   FROM ingest_files ORDER BY path`,
  "SELECT session_id, first_event_time, last_event_time FROM collector_sessions ORDER BY 1",
];

async function contents(): Promise<unknown[]> {
  const found = [];
  for (const sql of TABLES) {
    const [hash] = await db.query(
      `SELECT count(*)::int AS rows, md5(string_agg(t::text, '|')) FROM (${sql}) AS t`,
    );
    found.push(hash);
  }
  return found;
}

async function empty(): Promise<void> {
  await db.query("TRUNCATE scalp_ticks, swing_bars_10m, ingest_files, ingest_rejects, collector_sessions");
}

/** Starts a load; with a delay, kills it -9 that long after its first row could appear. True when it was killed. */
async function load(killAfterMs: number | undefined): Promise<boolean> {
  const options = {
    urls: db.urls,
    root: root.path,
    workers: 2,
    blockBytes: 20_000,
    nowUs: kstMidnightUs(tradeDate("2026-02-01")),
  };
  const child = spawn(process.execPath, [PROGRAM, JSON.stringify(options)], {
    stdio: ["ignore", "ignore", "inherit"],
  });
  const timer = killAfterMs === undefined ? undefined : setTimeout(() => child.kill("SIGKILL"), killAfterMs);
  const [code, signal] = await once(child, "exit");
  clearTimeout(timer);
  if (signal === null) expect(code).toBe(0);
  return signal === "SIGKILL";
}

test(`killed ${KILLS} times at random points, the tables equal one clean load, row for row`, {
  timeout: 300_000,
}, async () => {
  const started = performance.now();
  await load(undefined);
  const cleanMs = performance.now() - started;
  const clean = await contents();
  expect(clean).toMatchObject([{ rows: 24_000 }, { rows: 39 }, { rows: 7 }, { rows: 6 }, { rows: 2 }]);
  await empty();
  let seed = 20_260_122;
  const random = () => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return seed / 2 ** 32;
  };
  let killsInTheMiddle = 0;
  for (let kills = 0; kills < KILLS; ) {
    const before = await progress();
    // A kill at any point of what a whole load takes on this machine, from the start of the process to its end.
    if (await load(random() * cleanMs)) {
      kills++;
      const after = await progress();
      if (after > before && after < 1) killsInTheMiddle++;
    } else {
      expect(await contents()).toEqual(clean);
      await empty();
    }
  }
  await load(undefined);
  expect(await contents()).toEqual(clean);
  expect(killsInTheMiddle).toBeGreaterThan(5);
});

/** The share of the ticks that is committed. */
async function progress(): Promise<number> {
  const [row] = await db.query<{ n: number }>("SELECT count(*)::int AS n FROM scalp_ticks");
  return (row?.n ?? 0) / 24_000;
}
