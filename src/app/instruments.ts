import { type Instrument, parseInstrument } from "../market/index.ts";
import { listSymbols, type Store } from "../store/index.ts";

/** What the symbol master says of every symbol it knows, for the tick grid (G-006); empty until it is filled. */
export async function knownInstruments(store: Store): Promise<Map<string, Instrument>> {
  const known = new Map<string, Instrument>();
  for (const { symbol, market, kind } of await listSymbols(store)) {
    const instrument = parseInstrument(market, kind);
    if (instrument !== undefined) known.set(symbol, instrument);
  }
  return known;
}
