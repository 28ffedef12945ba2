import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { backfill } from "../src/ingest/index.ts";
import { kstMidnightUs, tradeDate } from "../src/record/index.ts";
import { openStore, type Store } from "../src/store/index.ts";
import { freshDatabase, type TestDatabase } from "./postgres.ts";

let db: TestDatabase;
let store: Store;
let root: string;

beforeAll(async () => {
  db = await freshDatabase();
  store = await openStore(db.urls);
  root = await mkdtemp(join(tmpdir(), "observer-backfill-"));
});
afterAll(async () => {
  await store.close();
  await db.drop();
  await rm(root, { recursive: true });
});

test("loads", async () => {
  await mkdir(join(root, "scalp"));
  const lines = Array.from({ length: 100 }, (_, i) =>
    JSON.stringify({ ts: `2026-01-22T00:31:${String(Math.floor(i / 2)).padStart(2, "0")}.${i % 2}23Z`, event_time: `2026-01-22T00:31:${String(Math.floor(i / 2)).padStart(2, "0")}.${i % 2}20Z`, symbol: "005930", bid_price: 71450, ask_price: 71500, bid_size: 100, ask_size: 50, last_price: 71475, volume: 10, session_id: "track_b_session", mitigation_level: 0, quality_flag: "normal" }),
  );
  await writeFile(join(root, "scalp/20260122_0931.jsonl"), `${lines.join("\n")}\n{"bad":1}\n`);
  const report = await backfill({ store, root, workers: 2, market: "krx", instruments: new Map(), nowUs: kstMidnightUs(tradeDate("2026-02-01")) });
  console.log(JSON.stringify(report, null, 1));
  console.log(await db.query("select * from ingest_files"), await db.query("select symbol,event_time,seq,bid_price,spread,spread_pct,last_price,quality_flag,receive_time from scalp_ticks limit 3"), await db.query("select file_id,line,code,field,reason from ingest_rejects"));
  expect(report.files[0]?.outcome.kind).toBe("loaded");
});
