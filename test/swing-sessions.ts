import { kstMidnightUs, MINUTE_US, type TimeUs, type TradeDate } from "../src/record/index.ts";
import type { TestDatabase } from "./postgres.ts";

/** A ten-minute bar as a test writes it down: prices in won. */
export interface TestBar {
  symbol: string;
  barTimeUs: TimeUs;
  open: number;
  close: number;
  quality: "normal" | "degraded" | "gap";
}

/** Start of the n-th ten-minute slot after an hour of a Korean date. */
export function slotUs(date: TradeDate, openHour: number, slot: number): TimeUs {
  return (kstMidnightUs(date) + (openHour * 60 + slot * 10) * MINUTE_US) as TimeUs;
}

/** Writes bars in the order given; high and low span open and close. */
export async function writeBars(database: TestDatabase, bars: readonly TestBar[]): Promise<void> {
  await database.query(
    `INSERT INTO swing_bars_10m (symbol, bar_time, open, high, low, close, volume, session_id, quality_flag)
     SELECT symbol, to_timestamp(bar_us / 1000000), open, greatest(open, close), least(open, close), close, 100, 'test', quality
     FROM unnest($1::text[], $2::bigint[], $3::numeric[], $4::numeric[], $5::text[])
       AS bar (symbol, bar_us, open, close, quality)`,
    [
      bars.map((bar) => bar.symbol),
      bars.map((bar) => bar.barTimeUs),
      bars.map((bar) => bar.open),
      bars.map((bar) => bar.close),
      bars.map((bar) => bar.quality),
    ],
  );
}
