import { join } from "node:path";
import { nowUs } from "../dist/app/index.js";
import { deriveForFiles } from "../dist/derive/index.js";
import { backfill } from "../dist/ingest/index.js";
import { openClient, type Store } from "../dist/store/index.js";
import { machine, median, thousands } from "./machine.js";
import { openScratchVault } from "./scratch-vault.js";
import { writeTickFiles } from "./tick-files.js";

const TICKS = Number(process.env.BENCH_TICKS ?? 2_000_000);
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 5);

/** Ticks → 1-minute bars with coverage and capture, and gaps; against the plainest SQL for open, high, low, close. */
export async function benchBuildBars(): Promise<void> {
  const scratch = await openScratchVault();
  const { store } = scratch.vault;
  const root = join(scratch.directory, "data");
  console.log(
    `\n## ${thousands(TICKS)} ticks → 1-minute bars, coverage, gaps\n\n${machine(scratch.version)}\n`,
  );
  await writeTickFiles(root, TICKS);
  await backfill({ store, root, workers: 2, market: "krx", instruments: new Map(), nowUs: nowUs() });
  const rates = { ours: [] as number[], plain: [] as number[] };
  for (let round = 0; round <= ROUNDS; round++) {
    const ours = await timed(
      () => forget(store),
      () => deriveForFiles(store),
    );
    const plain = await timed(
      () => forget(store),
      () => plainBars(store),
    );
    // The first round warms up and is not counted.
    if (round === 0) continue;
    rates.ours.push(TICKS / ours);
    rates.plain.push(TICKS / plain);
  }
  console.log("| way | ticks/s (median) | min – max |\n|---|---:|---|");
  for (const [name, all] of [
    ["observer: bars, coverage, capture, gaps, resumable", rates.ours],
    ["one INSERT … SELECT of open, high, low, close, volume", rates.plain],
  ] as const) {
    console.log(
      `| ${name} | ${thousands(median(all))} | ${thousands(Math.min(...all))} – ${thousands(Math.max(...all))} |`,
    );
  }
  console.log(`\nratio ${(median(rates.ours) / median(rates.plain)).toFixed(2)}`);
  await scratch.close();
}

async function timed(prepare: () => Promise<unknown>, act: () => Promise<unknown>): Promise<number> {
  await prepare();
  const started = performance.now();
  await act();
  return (performance.now() - started) / 1000;
}

async function forget(store: Store): Promise<void> {
  const owner = await openClient(store.urls.owner, "observer bench");
  await owner.query("TRUNCATE scalp_1m_bars, scalp_gaps");
  await owner.query("UPDATE ingest_files SET derived_at = NULL");
  await owner.end();
}

async function plainBars(store: Store): Promise<void> {
  const client = await openClient(store.urls.writer, "observer bench");
  await client.query(`
    INSERT INTO scalp_1m_bars (symbol, bar_time, open, high, low, close, volume, session_id)
    SELECT symbol, date_trunc('minute', event_time),
      (array_agg(last_price ORDER BY event_time, seq))[1], max(last_price), min(last_price),
      (array_agg(last_price ORDER BY event_time DESC, seq DESC))[1], sum(volume), max(session_id)
    FROM scalp_ticks GROUP BY 1, 2`);
  await client.end();
}
