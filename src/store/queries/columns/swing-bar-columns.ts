import type { Store } from "../../store.ts";
import { type ColumnRequest, type Columns, readColumns } from "./read-columns.ts";

const TABLE = {
  name: "copy_out_swing_bars",
  keys: [{ column: "bar_time", kind: "instant" }],
  fields: {
    open: { column: "open", kind: "price" },
    high: { column: "high", kind: "price" },
    low: { column: "low", kind: "price" },
    close: { column: "close", kind: "price" },
    volume: { column: "volume", kind: "integer" },
    value: { column: "value", kind: "amount" },
    bidPrice: { column: "bid_price", kind: "price" },
    askPrice: { column: "ask_price", kind: "price" },
  },
} as const;

/** Columns of a 10-minute bar: volume in shares, value in currency units, best quotes when it was collected. */
export type SwingBarColumn = keyof typeof TABLE.fields;
export type SwingBarColumns<Name extends SwingBarColumn = SwingBarColumn> = Columns<Name>;

/** 10-minute bars that start in [start, end), as columns in order of (symbol, time). NaN where a bar has no value. */
export async function swingBarColumns<Name extends SwingBarColumn = SwingBarColumn>(
  store: Store,
  request: ColumnRequest<Name>,
): Promise<SwingBarColumns<Name>> {
  return await readColumns<Name>(store, TABLE, request);
}
