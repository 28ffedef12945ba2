import { to as copyTo } from "pg-copy-streams";
import type { TimeUs } from "../dist/record/index.js";
import { minuteBarColumns, openClient, type Store } from "../dist/store/index.js";
import { machine, median, thousands } from "./machine.js";
import { openScratchVault } from "./scratch-vault.js";

const ROWS = Number(process.env.BENCH_BARS ?? 1_000_000);
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 5);
const SYMBOLS = 131;
const EVERYTHING = { start: 0 as TimeUs, end: 4e15 as TimeUs };
const PRICES_AND_VOLUME = ["open", "high", "low", "close", "volume"] as const;

/** 1-minute bars → typed arrays in order of (symbol, time), against the same bytes read and thrown away. */
export async function benchReadColumns(): Promise<void> {
  const scratch = await openScratchVault();
  const { store } = scratch.vault;
  console.log(`\n## ${thousands(ROWS)} 1-minute bars → columns\n\n${machine(scratch.version)}\n`);
  await writeBars(store);
  const ways: Record<string, () => Promise<number>> = {
    "COPY, bytes thrown away (limit)": () => throwAway(store),
    "minuteBarColumns: time, prices, volume, quality": async () =>
      sum((await minuteBarColumns(store, { ...EVERYTHING, columns: PRICES_AND_VOLUME })).close),
    "minuteBarColumns: close only": async () =>
      sum((await minuteBarColumns(store, { ...EVERYTHING, columns: ["close"] })).close),
    "minuteBarColumns: all 12": async () => sum((await minuteBarColumns(store, EVERYTHING)).close),
    "pg, arrays of doubles cast by the server": () => readRows(store),
  };
  const rates = new Map(Object.keys(ways).map((name) => [name, [] as number[]]));
  const sums = new Set<number>();
  // The first round warms up and is not counted.
  for (let round = 0; round <= ROUNDS; round++) {
    for (const [name, way] of Object.entries(ways)) {
      const started = performance.now();
      const total = await way();
      const rate = (ROWS / (performance.now() - started)) * 1000;
      if (!Number.isNaN(total)) sums.add(Math.round(total));
      if (round > 0) rates.get(name)?.push(rate);
    }
  }
  if (sums.size !== 1) throw new Error(`the ways disagree: ${[...sums].join(", ")}`);
  const limit = median([...(rates.values().next().value ?? [])]);
  console.log("| way | rows/s (median) | of the limit | min – max |\n|---|---:|---:|---|");
  for (const [name, all] of rates) {
    const spread = `${thousands(Math.min(...all))} – ${thousands(Math.max(...all))}`;
    console.log(`| ${name} | ${thousands(median(all))} | ${(median(all) / limit).toFixed(2)} | ${spread} |`);
  }
  await scratch.close();
}

/** Minute after minute, all symbols in each, as collectors leave them in the table. */
async function writeBars(store: Store): Promise<void> {
  const owner = await openClient(store.urls.owner, "observer bench");
  await owner.query(
    `INSERT INTO scalp_1m_bars (symbol, bar_time, open, high, low, close, volume, value, vwap, bid_price_avg, ask_price_avg,
       tick_count, coverage_ratio, volume_capture, session_id)
     SELECT lpad((i % $1::bigint * 7)::text, 6, '0'), '2025-01-02 09:00+09'::timestamptz + i / $1::bigint * interval '1 minute',
       71450, 71500, 71400, 70000 + i * 7919 % 1000 * 50, i % 100000, i % 100000 * 71450, 71450.1234, 71449.5, 71500.25, 120, 1, 0.98, 's1'
     FROM generate_series(0, $2::bigint - 1) i`,
    [SYMBOLS, ROWS],
  );
  await owner.query("VACUUM ANALYZE scalp_1m_bars");
  await owner.end();
}

function sum(values: Float64Array): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}

async function throwAway(store: Store): Promise<number> {
  const client = await openClient(store.urls.reader, "observer bench");
  const sql =
    "COPY (SELECT symbol, quality_flag, bar_time, open, high, low, close, volume FROM scalp_1m_bars) TO STDOUT (FORMAT binary)";
  let bytes = 0;
  for await (const chunk of client.query(copyTo(sql, { highWaterMark: 1 << 20 }))) bytes += chunk.length;
  await client.end();
  if (bytes === 0) throw new Error("no bytes");
  return Number.NaN;
}

/** The best that rows can do: no object per row, no text to parse but numbers. */
async function readRows(store: Store): Promise<number> {
  const client = await openClient(store.urls.reader, "observer bench");
  const { rows } = await client.query<unknown[]>({
    text: `SELECT symbol, quality_flag, extract(epoch FROM bar_time)::float8, open::float8, high::float8, low::float8,
             close::float8, volume::float8
           FROM scalp_1m_bars ORDER BY symbol, bar_time`,
    rowMode: "array",
  });
  await client.end();
  const columns = [2, 3, 4, 5, 6, 7].map((field) => Float64Array.from(rows, (row) => Number(row[field])));
  return sum(columns[4] ?? new Float64Array());
}
