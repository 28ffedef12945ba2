import { createWriteStream } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";

const SYMBOLS = 41;
const HZ = 2;
const OPEN_UTC_SECONDS = 0;
const DAYS = ["2026-01-22", "2026-01-23"] as const;

/** A small linear congruential generator: the same numbers on every machine. Numerical Recipes, ranqd1. */
function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

function* lines(date: string, count: number, seed: number): Generator<string> {
  const random = seeded(seed);
  const prices = Float64Array.from({ length: SYMBOLS }, () => 20_000 + Math.floor(random() * 500) * 50);
  let batch = "";
  for (let i = 0; i < count; i++) {
    const symbol = i % SYMBOLS;
    const half = Math.floor(i / SYMBOLS);
    const seconds = OPEN_UTC_SECONDS + Math.floor(half / HZ);
    const clock = new Date(Date.parse(`${date}T00:00:00Z`) + seconds * 1000).toISOString().slice(0, 19);
    const ms = String((half % HZ) * 500 + symbol).padStart(3, "0");
    const step = Math.floor(random() * 3) - 1;
    const price = Math.max(10_000, (prices[symbol] ?? 20_000) + step * 50);
    prices[symbol] = price;
    batch +=
      `{"ts": "${clock}.${ms}Z", "event_time": "${clock}.${ms}Z", "symbol": "${String(100_000 + symbol * 7)}", ` +
      `"bid_price": ${price - 50}, "ask_price": ${price}, "bid_size": ${1 + Math.floor(random() * 5_000)}, ` +
      `"ask_size": ${1 + Math.floor(random() * 5_000)}, "last_price": ${price}, "volume": ${Math.floor(random() * 200)}, ` +
      `"session_id": "track_b_${date.replaceAll("-", "")}", "mitigation_level": 0, "quality_flag": "normal"}\n`;
    if (batch.length > 1 << 18) {
      yield batch;
      batch = "";
    }
  }
  yield batch;
}

/** Writes `count` tick lines of 41 symbols at 2 Hz, half of them on each of two days, as files of a data root. */
export async function writeTickFiles(root: string, count: number): Promise<void> {
  await mkdir(join(root, "scalp"), { recursive: true });
  for (const [index, date] of DAYS.entries()) {
    const path = join(root, "scalp", `${date.replaceAll("-", "")}_0900.jsonl`);
    await pipeline(lines(date, count / DAYS.length, 1 + index), createWriteStream(path));
  }
}
