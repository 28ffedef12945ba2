import { nowUs } from "../dist/app/index.js";
import { backfill } from "../dist/ingest/index.js";
import { openStore, type StoreUrls } from "../dist/store/index.js";

// Loads one data root and tells how long it took and how much memory it needed.
const [root = "", workers = "1"] = process.argv.slice(2);
const urls: StoreUrls = JSON.parse(process.env.BENCH_URLS ?? "{}");
const store = await openStore(urls);
const started = performance.now();
const report = await backfill({
  store,
  root,
  workers: Number(workers),
  market: "krx",
  instruments: new Map(),
  nowUs: nowUs(),
});
const seconds = (performance.now() - started) / 1000;
await store.close();
const rows = report.files.reduce(
  (sum, { outcome }) => sum + (outcome.kind === "loaded" ? outcome.rows : 0),
  0,
);
const problems = report.files.filter(({ outcome }) => outcome.kind !== "loaded");
if (problems.length > 0) console.error(JSON.stringify(problems));
console.log(JSON.stringify({ rows, seconds, peakBytes: process.resourceUsage().maxRSS * 1024 }));
