import { readFile } from "node:fs/promises";
import ts from "typescript";
import { afterAll, beforeAll, expect, test } from "vitest";
import { formatKst, formatPrice, kstMidnightUs, tradeDate } from "../src/record/index.ts";
import { openStore, queriesOn, type Store } from "../src/store/index.ts";
import { freshDatabase, type TestDatabase } from "./postgres.ts";

let db: TestDatabase;
let store: Store;
let page: string;

beforeAll(async () => {
  db = await freshDatabase();
  store = await openStore(db.urls);
  page = await readFile(new URL("../docs/query-api.md", import.meta.url), "utf8");
  await db.query("SELECT create_monthly_partition('scalp_ticks', '2026-01-01')");
  await db.query(`
    INSERT INTO scalp_ticks (symbol, event_time, last_price, session_id)
    SELECT '005930', '2026-01-22 09:00+09'::timestamptz + i * interval '1 second', 71450, 's1' FROM generate_series(1, 2500) i`);
  await db.query(`
    INSERT INTO scalp_1m_bars (symbol, bar_time, close, volume, coverage_ratio, session_id)
    SELECT '005930', '2026-01-22 09:00+09'::timestamptz + i * interval '1 minute', 71450, i * 300000, 1, 's1' FROM generate_series(0, 9) i`);
  await db.query(`
    INSERT INTO swing_bars_10m (symbol, bar_time, close, volume, session_id)
    SELECT '005930', '2026-01-22 09:00+09'::timestamptz + i * interval '10 minutes', 71450.5 + i, i, 's1' FROM generate_series(0, 38) i`);
  await db.query(`
    INSERT INTO scalp_gaps (gap_start_ts, gap_end_ts, gap_seconds, scope, reason, session_id)
    VALUES ('2026-01-21 09:00+09', '2026-01-21 15:30+09', 23400, 'all', 'system_error', 's1')`);
});

afterAll(async () => {
  await store.close();
  await db.drop();
});

/** The examples without their imports, in one scope, as a reader would paste them into one script. */
function exampleProgram(): string {
  const program = [...page.matchAll(/```ts\n([\s\S]*?)```/g)]
    .map(([, code = ""]) => code)
    .join("\n")
    .replace(/^import .*$/gm, "")
    .replace(/^(const observer = .*|await observer\.close\(\);)$/gm, "");
  const options = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext };
  return ts.transpileModule(program, { compilerOptions: options }).outputText;
}

test("the examples of the page run and say what they should", async () => {
  const printed: string[] = [];
  const AsyncFunction: FunctionConstructor = Object.getPrototypeOf(async () => undefined).constructor;
  const names = { formatKst, formatPrice, kstMidnightUs, tradeDate };
  const run = new AsyncFunction("observer", "console", ...Object.keys(names), exampleProgram());
  await run(
    queriesOn(store),
    { log: (...words: unknown[]) => printed.push(words.join(" ")) },
    ...Object.values(names),
  );
  expect(printed).toEqual([
    "2026-01-22T15:20:00.000+09:00 71488.5 38",
    "2026-01-22T15:10:00.000+09:00 71487.5 37",
    "2026-01-22T15:00:00.000+09:00 71486.5 36",
    "2026-01-22T14:50:00.000+09:00 71485.5 35",
    "2026-01-22T14:40:00.000+09:00 71484.5 34",
    "2500 ticks",
    "first minute above a million shares: 2026-01-22T09:04:00.000+09:00",
    "005930 39 bars, last close 71488.5",
    "005930 2026-01-21 0 bars, 23400 s lost",
    "005930 2026-01-22 10 bars, 0 s lost",
    "1 gaps",
  ]);
});

test("the page names every question, and no other", () => {
  const named = new Set([...page.matchAll(/`(\w+)\(/g)].map(([, name]) => name));
  for (const other of ["kstMidnightUs"]) named.delete(other);
  expect([...named].sort()).toEqual(Object.keys(queriesOn(store)).sort());
});
