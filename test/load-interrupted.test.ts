import { afterAll, beforeAll, expect, test } from "vitest";
import { loadRoot } from "../src/app/index.ts";
import { exitCodeOf } from "../src/cli/commands/backfill.ts";
import { openStore, type Store } from "../src/store/index.ts";
import { type JsonlRoot, newJsonlRoot, tickLines } from "./jsonl-root.ts";
import { freshDatabase, type TestDatabase } from "./postgres.ts";

let db: TestDatabase;
let store: Store;
let root: JsonlRoot;

beforeAll(async () => {
  db = await freshDatabase();
  store = await openStore(db.urls);
  root = await newJsonlRoot();
});
afterAll(async () => {
  await store.close();
  await db.drop();
  await root.remove();
});

test("stopped while bars are built, a load is not verified and says so; the next one does the rest", async () => {
  await root.write("scalp/20260122_0900.jsonl", tickLines(0, 500));
  const vault = { store, kind: "yours" as const, close: () => store.close() };
  const settings = { market: "krx" as const, workers: 1 };
  const stop = new AbortController();
  const stopped = await loadRoot(vault, settings, root.path, {
    signal: stop.signal,
    onStage: (stage) => {
      if (stage === "derive") stop.abort();
    },
  });
  expect(stopped).toMatchObject({
    loaded: { interrupted: false },
    derived: { interrupted: true },
    verified: null,
  });
  expect(exitCodeOf(stopped)).toBe(130);
  const resumed = await loadRoot(vault, settings, root.path, {}, { verify: false });
  expect(resumed).toMatchObject({
    loaded: { files: [{ outcome: { kind: "unchanged" } }] },
    derived: { interrupted: false },
  });
  expect(exitCodeOf(resumed)).toBe(0);
});
