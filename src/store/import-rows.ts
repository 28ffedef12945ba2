import { DAY_US, KST_OFFSET_US, type SwingBar } from "../record/index.ts";
import { textField } from "./binary-fields.ts";
import type { BinaryRows } from "./binary-rows.ts";

const MAX_ROW_BYTES = 1024;
const MINUTE_BAR_FIELDS = 15;
const DAILY_PRICE_FIELDS = 9;

/** Appends a row in the column order of `copy_minute_bars.sql`; a bar that no tick of ours confirms. */
export function writeMinuteBarRow(rows: BinaryRows, bar: SwingBar, source: string, fileId: number): void {
  rows.row(MINUTE_BAR_FIELDS, MAX_ROW_BYTES);
  rows.encoded(textField(bar.symbol));
  rows.timestamp(bar.barTimeUs);
  rows.numeric4(bar.open);
  rows.numeric4(bar.high);
  rows.numeric4(bar.low);
  rows.numeric4(bar.close);
  rows.int8(bar.volume);
  rows.numeric4(bar.value);
  rows.numeric4(averagePrice(bar));
  rows.encoded(textField(bar.sessionId));
  rows.encoded(textField(bar.schemaVersion));
  rows.int4(bar.mitigationLevel);
  rows.encoded(textField(bar.qualityFlag));
  rows.encoded(textField(source));
  rows.int4(fileId);
}

/** Appends a row in the column order of `copy_daily_prices.sql`; the bar starts at midnight of its Korean date. */
export function writeDailyPriceRow(rows: BinaryRows, bar: SwingBar, fileId: number): void {
  rows.row(DAILY_PRICE_FIELDS, MAX_ROW_BYTES);
  rows.encoded(textField(bar.symbol));
  rows.date(Math.floor((bar.barTimeUs + KST_OFFSET_US) / DAY_US));
  rows.numeric4(bar.open);
  rows.numeric4(bar.high);
  rows.numeric4(bar.low);
  rows.numeric4(bar.close);
  rows.int8(bar.volume);
  rows.encoded(textField(bar.schemaVersion));
  rows.int4(fileId);
}

/** Value / volume; NaN where it lies outside the bar's own prices, because value and volume then count other trades. */
function averagePrice({ value, volume, low, high }: SwingBar): number {
  const average = Math.round(value / volume);
  return average >= low && average <= high ? average : Number.NaN;
}
