import { spawn } from "node:child_process";
import { once } from "node:events";
import { createReadStream, createWriteStream } from "node:fs";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { fileURLToPath } from "node:url";
import { CopyIn, openClient, type Store, sqlFile } from "../dist/store/index.js";
import { machine, median, thousands } from "./machine.js";
import { openScratchVault, type ScratchVault } from "./scratch-vault.js";
import { writeTickFiles } from "./tick-files.js";

const LINES = Number(process.env.BENCH_TICKS ?? 2_000_000);
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 5);
const INSERT_ROWS = 50_000;

/** JSONL → scalp_ticks, against a prepared binary file through one session into the same table. */
export async function benchLoadTicks(): Promise<void> {
  const scratch = await openScratchVault();
  const { store } = scratch.vault;
  const root = join(scratch.directory, "data");
  const prepared = join(scratch.directory, "ticks.bin");
  console.log(`\n## ${thousands(LINES)} tick lines (JSONL) → scalp_ticks\n\n${machine(scratch.version)}\n`);
  await writeTickFiles(root, LINES);
  const rates: Record<string, number[]> = {};
  let peakBytes = 0;
  const note = (name: string, rows: number, seconds: number) => {
    rates[name] ??= [];
    rates[name].push(rows / seconds);
  };
  await loadInChild(store, root, 2);
  await writePrepared(store, prepared);
  for (let round = 0; round < ROUNDS; round++) {
    await empty(scratch);
    note("prepared binary file, one session (limit)", LINES, await copyPrepared(store, prepared));
    for (const workers of [1, 2]) {
      await empty(scratch);
      const child = await loadInChild(store, root, workers);
      note(`observer backfill, ${workers} ${workers === 1 ? "session" : "sessions"}`, LINES, child.seconds);
      peakBytes = Math.max(peakBytes, child.peakBytes);
    }
    await empty(scratch);
    note("INSERT per row, 1,000 a transaction", INSERT_ROWS, await insertRows(store));
  }
  const limit = median(rates["prepared binary file, one session (limit)"] ?? []);
  console.log("| way | rows/s (median) | of the limit | min – max |\n|---|---:|---:|---|");
  for (const [name, all] of Object.entries(rates)) {
    const rate = median(all);
    console.log(
      `| ${name} | ${thousands(rate)} | ${(rate / limit).toFixed(2)} | ${thousands(Math.min(...all))} – ${thousands(Math.max(...all))} |`,
    );
  }
  console.log(`\npeak memory of the loading process: ${Math.round(peakBytes / 2 ** 20)} MiB`);
  await scratch.close();
}

async function empty({ vault, settle }: ScratchVault): Promise<void> {
  const owner = await openClient(vault.store.urls.owner, "observer bench");
  await owner.query(
    "TRUNCATE scalp_ticks, ingest_rejects, ingest_files, collector_sessions RESTART IDENTITY",
  );
  await owner.end();
  await settle();
}

async function writePrepared(store: Store, path: string): Promise<void> {
  const { to } = await import("pg-copy-streams");
  const client = await openClient(store.urls.owner, "observer bench");
  const columns = /\(([^)]*)\)/.exec(sqlFile("copy_ticks"))?.[1] ?? "";
  const ordered = `COPY (SELECT ${columns} FROM scalp_ticks ORDER BY event_time, symbol) TO STDOUT (FORMAT binary)`;
  await pipeline(client.query(to(ordered)), createWriteStream(path));
  await client.end();
}

async function copyPrepared(store: Store, path: string): Promise<number> {
  const client = await openClient(store.urls.writer, "observer bench");
  const started = performance.now();
  const copy = new CopyIn(client, sqlFile("copy_ticks"));
  for await (const piece of createReadStream(path, { highWaterMark: 1 << 18 }))
    await copy.send(piece as Buffer);
  await copy.finish();
  const seconds = (performance.now() - started) / 1000;
  await client.end();
  return seconds;
}

/** What the seeds proposed: executemany in batches of 1,000. */
async function insertRows(store: Store): Promise<number> {
  const client = await openClient(store.urls.writer, "observer bench");
  await client.query("SELECT create_monthly_partition('scalp_ticks', '2026-01-01')");
  const text =
    "INSERT INTO scalp_ticks (symbol, event_time, bid_price, ask_price, bid_size, ask_size, last_price, volume, session_id, mitigation_level, quality_flag) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11)";
  const startMs = Date.parse("2026-01-22T00:00:00Z");
  const started = performance.now();
  for (let row = 0; row < INSERT_ROWS; row++) {
    if (row % 1000 === 0) await client.query("BEGIN");
    const time = new Date(startMs + row * 500).toISOString();
    const values = ["005930", time, 71450, 71500, 100, 50, 71475, 10, "bench", 0, "normal"];
    await client.query({ name: "tick", text, values });
    if (row % 1000 === 999) await client.query("COMMIT");
  }
  const seconds = (performance.now() - started) / 1000;
  await client.end();
  return seconds;
}

/** Loads in a process of its own, so that its memory is its own. */
async function loadInChild(
  store: Store,
  root: string,
  workers: number,
): Promise<{ seconds: number; peakBytes: number }> {
  const program = fileURLToPath(new URL("./load-child.js", import.meta.url));
  const child = spawn(process.execPath, [program, root, String(workers)], {
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, BENCH_URLS: JSON.stringify(store.urls) },
  });
  const chunks: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
  const [code] = await once(child, "close");
  if (code !== 0) throw new Error(`the loading process ended with ${code}`);
  const answer: { rows: number; seconds: number; peakBytes: number } = JSON.parse(
    Buffer.concat(chunks).toString(),
  );
  if (answer.rows !== LINES) throw new Error(`${answer.rows} rows instead of ${LINES}`);
  return answer;
}
