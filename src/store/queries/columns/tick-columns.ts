import type { Store } from "../../store.ts";
import { type ColumnRequest, type Columns, readColumns } from "./read-columns.ts";

const TABLE = {
  name: "copy_out_ticks",
  keys: [
    { column: "event_time", kind: "instant" },
    { column: "seq", kind: "integer" },
  ],
  fields: {
    lastPrice: { column: "last_price", kind: "price" },
    bidPrice: { column: "bid_price", kind: "price" },
    askPrice: { column: "ask_price", kind: "price" },
    bidSize: { column: "bid_size", kind: "integer" },
    askSize: { column: "ask_size", kind: "integer" },
    volume: { column: "volume", kind: "integer" },
    acmlVolume: { column: "acml_volume", kind: "integer" },
    acmlValue: { column: "acml_value", kind: "integer" },
  },
} as const;

/** Columns of a tick: sizes and volumes in shares, `acml…` since the start of the day, value in currency units. */
export type TickColumn = keyof typeof TABLE.fields;
export type TickColumns<Name extends TickColumn = TickColumn> = Columns<Name>;

/** Ticks in [start, end), as columns in order of (symbol, time, seq). NaN where a tick has no value. */
export async function tickColumns<Name extends TickColumn = TickColumn>(
  store: Store,
  request: ColumnRequest<Name>,
): Promise<TickColumns<Name>> {
  return await readColumns<Name>(store, TABLE, request);
}
