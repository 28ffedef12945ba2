import { commissionPreset, type Instrument, parseInstrument } from "../market/index.ts";
import { sqlFile } from "../store/index.ts";
import { type CostSchedule, costSchedule, NO_COSTS } from "./cost-schedule.ts";
import type { Connection } from "./run-ledger.ts";
import type { SqlSearch } from "./sql-search.ts";

/** Symbols that trade at the same costs. */
export interface CostGroup {
  readonly costs: CostSchedule;
  readonly symbols: readonly string[];
}

export interface SymbolCosts {
  readonly groups: readonly CostGroup[];
  /** Not, or not usably, in the symbol master: charged as KOSPI stocks. */
  readonly assumed: readonly string[];
}

const ASSUMED: Instrument = { market: "KOSPI", kind: "stock" };

/** Sorts symbols by what trading them costs: funds pay no tax, and markets once paid different ones. */
export async function symbolCosts(
  connection: Connection,
  search: SqlSearch,
  symbols: readonly string[],
): Promise<SymbolCosts> {
  if (search.costs === "none") return { groups: [{ costs: NO_COSTS, symbols }], assumed: [] };
  const preset = commissionPreset(search.costs);
  const found = await connection.query<{ symbol: string; market: string; kind: string }>(
    sqlFile("find_instruments"),
    [symbols],
  );
  const known = new Map(found.rows.map((row) => [row.symbol, parseInstrument(row.market, row.kind)]));
  const groups = new Map<string, { instrument: Instrument; symbols: string[] }>();
  for (const symbol of symbols) {
    const instrument = known.get(symbol) ?? ASSUMED;
    const key = `${instrument.market} ${instrument.kind}`;
    const group = groups.get(key) ?? { instrument, symbols: [] };
    group.symbols.push(symbol);
    groups.set(key, group);
  }
  return {
    groups: Array.from(groups.values(), (group) => ({
      costs: costSchedule(preset, group.instrument, search.from, search.to),
      symbols: group.symbols,
    })),
    assumed: symbols.filter((symbol) => known.get(symbol) === undefined),
  };
}
