import { sqlFile } from "./sql-file.ts";
import type { Store } from "./store.ts";

/** A row of the symbol master, as it is written there. */
export interface ListedSymbol {
  symbol: string;
  market: string;
  kind: string;
}

export async function listSymbols(store: Store): Promise<ListedSymbol[]> {
  return (await store.reader.query<ListedSymbol>(sqlFile("list_instruments"))).rows;
}
