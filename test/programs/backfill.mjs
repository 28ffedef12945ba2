// Loads one data root and prints the outcomes; a process of its own, for tests that kill it.
import { backfill } from "../../dist/ingest/index.js";
import { openStore } from "../../dist/store/index.js";

const { urls, root, workers, blockBytes, nowUs } = JSON.parse(process.argv[2] ?? "{}");
const store = await openStore(urls);
const report = await backfill({
  store,
  root,
  workers,
  blockBytes,
  nowUs,
  market: "krx",
  instruments: new Map(),
});
await store.close();
process.stdout.write(JSON.stringify(report));
