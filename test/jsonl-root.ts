import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";

/** A folder of JSONL files made by a test. */
export interface JsonlRoot {
  path: string;
  /** Writes lines (or bytes) to a file; `.gz` names are compressed. Returns the absolute path. */
  write(name: string, content: readonly string[] | string | Buffer): Promise<string>;
  remove(): Promise<void>;
}

export async function newJsonlRoot(): Promise<JsonlRoot> {
  const path = await mkdtemp(join(tmpdir(), "observer-root-"));
  return {
    path,
    write: async (name, content) => {
      const file = join(path, name);
      await mkdir(dirname(file), { recursive: true });
      const bytes = Buffer.isBuffer(content)
        ? content
        : Buffer.from(typeof content === "string" ? content : content.map((line) => `${line}\n`).join(""));
      await writeFile(file, name.endsWith(".gz") ? gzipSync(bytes) : bytes);
      return file;
    },
    remove: () => rm(path, { recursive: true, force: true }),
  };
}

/** A v1.0 tick line of 2026-01-22, `halfSecond` half seconds after 09:00 KST. */
export function tickLine(halfSecond: number, change: Readonly<Record<string, unknown>> = {}): string {
  const time = new Date(Date.parse("2026-01-22T00:00:00Z") + halfSecond * 500).toISOString();
  const price = 71_000 + (halfSecond % 7) * 100;
  return JSON.stringify({
    ts: time,
    event_time: time,
    symbol: "005930",
    bid_price: price - 100,
    ask_price: price,
    bid_size: 100 + (halfSecond % 13),
    ask_size: 50,
    last_price: price,
    volume: halfSecond % 11,
    session_id: "track_b_session",
    mitigation_level: 0,
    quality_flag: "normal",
    ...change,
  });
}

export function tickLines(
  from: number,
  to: number,
  change: Readonly<Record<string, unknown>> = {},
): string[] {
  return Array.from({ length: to - from }, (_, i) => tickLine(from + i, change));
}

/** A v1.0 bar line, the `slot`-th 10-minute bar of 2026-01-22. */
export function barLine(slot: number, change: Readonly<Record<string, unknown>> = {}): string {
  const start = Date.parse("2026-01-22T00:00:00Z") + slot * 600_000;
  const price = 70_000 + slot * 100;
  return JSON.stringify({
    ts: new Date(start + 605_000).toISOString(),
    bar_time: new Date(start).toISOString(),
    session: "track_a_session",
    dataset: "track_a_swing",
    market: "kr_stocks",
    symbol: "005930",
    price: { open: price, high: price + 200, low: price - 100, close: price + 100 },
    volume: 1_000 + slot,
    bid_price: price,
    ask_price: price + 100,
    source: "kis",
    ...change,
  });
}
