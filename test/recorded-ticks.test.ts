import { createWriteStream } from "node:fs";
import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, test } from "vitest";
import { backfill } from "../src/ingest/index.ts";
import { kstMidnightUs, tradeDate } from "../src/record/index.ts";
import { openStore, type Store } from "../src/store/index.ts";
import { type JsonlRoot, newJsonlRoot } from "./jsonl-root.ts";
import { freshDatabase, type TestDatabase } from "./postgres.ts";
import { whyNoRecordedData } from "./recorded-data.ts";
import { cryptoTickLines, nseTickLines, usTickLines } from "./recorded-ticks.ts";

let db: TestDatabase;
let store: Store;
let root: JsonlRoot;

beforeAll(async () => {
  db = await freshDatabase();
  store = await openStore(db.urls);
});
afterAll(async () => {
  await store.close();
  await db.drop();
});
beforeEach(async () => {
  root = await newJsonlRoot();
  await db.query("TRUNCATE scalp_ticks, ingest_files, ingest_rejects, collector_sessions RESTART IDENTITY");
});
afterEach(() => root.remove());

async function load(name: string, lines: Iterable<string>) {
  const path = join(root.path, "scalp", name);
  await mkdir(dirname(path), { recursive: true });
  await pipeline(Readable.from(inBatches(lines)), createWriteStream(path));
  const { files } = await backfill({
    store,
    root: root.path,
    workers: 1,
    market: "generic",
    instruments: new Map(),
    nowUs: kstMidnightUs(tradeDate("2026-02-01")),
  });
  const rejects = await db.query<{ code: string; field: string; n: number }>(
    "SELECT code, field, count(*)::int AS n FROM ingest_rejects GROUP BY code, field ORDER BY code, field",
  );
  const [file] = files;
  const [ledger] = await db.query<{ gate_codes: unknown }>("SELECT gate_codes FROM ingest_files");
  if (file?.outcome.kind !== "loaded") throw new Error(`not loaded: ${JSON.stringify(file)}`);
  // How many chunks it took is the machine's and the reader's affair.
  const { directChunks: _, stagedChunks: __, ...outcome } = file.outcome;
  return { outcome, rejects, gateCodes: ledger?.gate_codes };
}

function* inBatches(lines: Iterable<string>): Generator<string> {
  let batch = "";
  for (const line of lines) {
    batch += `${line}\n`;
    if (batch.length > 1 << 18) {
      yield batch;
      batch = "";
    }
  }
  yield batch;
}

const recorded = (dataSet: string) => {
  const why = whyNoRecordedData(dataSet);
  return { name: why, skip: why !== "" };
};

// The data are the same whatever the server; the second one would only repeat the wait.
describe.skipIf(inject("server") === "system")("recorded ticks load, every line accounted for", () => {
  const us = recorded("us_equity_ticks_2013");
  test.skipIf(us.skip)(`US stock ticks, unfiltered, all exchanges${us.name}`, async () => {
    const loaded = await load("20131007_0400.jsonl", usTickLines());
    expect(loaded).toMatchSnapshot();
    const [sum] = await db.query(
      `SELECT sum(volume)::int AS loaded,
         (SELECT sum((convert_from(raw, 'UTF8')::json ->> 'volume')::int)::int FROM ingest_rejects) AS refused,
         max(acml_volume)::int AS traded
       FROM scalp_ticks`,
    );
    expect(Number(sum?.loaded) + Number(sum?.refused)).toBe(sum?.traded);
  });

  const nse = recorded("nse_live_ticks_2021");
  test.skipIf(nse.skip)(`Indian stock ticks of whole seconds${nse.name}`, async () => {
    const loaded = await load("20210609_0915.jsonl", nseTickLines("ticks_20210609.csv.gz"));
    expect(loaded).toMatchSnapshot();
  });

  test.skipIf(nse.skip)(
    `Indian stock ticks with 1970 dates, backward times and repeats${nse.name}`,
    async () => {
      const loaded = await load("dirty.jsonl", nseTickLines("ticks_dirty.csv.gz"));
      expect(loaded).toMatchSnapshot();
    },
  );

  const crypto = recorded("crypto_book_ticker_2024");
  test.skipIf(crypto.skip)(
    `crypto quotes and trades received before they happened${crypto.name}`,
    async () => {
      const loaded = await load("20240808_2354.jsonl", cryptoTickLines());
      expect(loaded).toMatchSnapshot();
    },
  );
});
