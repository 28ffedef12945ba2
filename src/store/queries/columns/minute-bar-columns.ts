import type { Store } from "../../store.ts";
import { type ColumnRequest, type Columns, readColumns } from "./read-columns.ts";

const TABLE = {
  name: "copy_out_minute_bars",
  keys: [{ column: "bar_time", kind: "instant" }],
  fields: {
    open: { column: "open", kind: "price" },
    high: { column: "high", kind: "price" },
    low: { column: "low", kind: "price" },
    close: { column: "close", kind: "price" },
    volume: { column: "volume", kind: "integer" },
    value: { column: "value", kind: "amount" },
    vwap: { column: "vwap", kind: "price" },
    bidPriceAvg: { column: "bid_price_avg", kind: "price" },
    askPriceAvg: { column: "ask_price_avg", kind: "price" },
    tickCount: { column: "tick_count", kind: "integer" },
    coverageRatio: { column: "coverage_ratio", kind: "double" },
    volumeCapture: { column: "volume_capture", kind: "double" },
  },
} as const;

/** Columns of a 1-minute bar: volume in shares, value in currency units, coverage and capture as fractions. */
export type MinuteBarColumn = keyof typeof TABLE.fields;
export type MinuteBarColumns<Name extends MinuteBarColumn = MinuteBarColumn> = Columns<Name>;

/** 1-minute bars that start in [start, end), as columns in order of (symbol, time). NaN where a bar has no value. */
export async function minuteBarColumns<Name extends MinuteBarColumn = MinuteBarColumn>(
  store: Store,
  request: ColumnRequest<Name>,
): Promise<MinuteBarColumns<Name>> {
  return await readColumns<Name>(store, TABLE, request);
}
