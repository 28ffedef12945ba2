import { formatInstant, MINUTE_US, type TimeUs, type TradeDate } from "../record/index.ts";
import { sqlFile } from "../store/index.ts";
import { type Candidate, type GridRow, judgeCandidate } from "./candidate.ts";
import type { CostSchedule } from "./cost-schedule.ts";
import { type Connection, countTrials, type OpenRun } from "./run-ledger.ts";
import type { SqlSearch } from "./sql-search.ts";

/** The bars of one symbol that a search reads. */
export interface SymbolInput {
  symbol: string;
  bars: number;
  sha256: string;
  first_bar_us: TimeUs | null;
  last_bar_us: TimeUs | null;
}

export interface BatchOutcome {
  inputs: readonly SymbolInput[];
  candidates: readonly Candidate[];
}

/**
 * Searches a few symbols and keeps what was found, in one transaction: the bars that are hashed are the bars that
 * are searched, and a candidate never stands without its trial being counted.
 */
export async function searchBatch(
  connection: Connection,
  run: OpenRun,
  search: SqlSearch,
  symbols: readonly string[],
  costs: CostSchedule,
  tradingDays: readonly TradeDate[],
): Promise<BatchOutcome> {
  await connection.query("BEGIN ISOLATION LEVEL REPEATABLE READ");
  try {
    const inputs = await connection.query<SymbolInput>(sqlFile("fingerprint_swing_bars"), [
      symbols,
      search.from,
      search.to,
    ]);
    const grid = await connection.query<GridRow>(sqlFile("search_fixed_hold_grid"), [
      symbols,
      search.from,
      search.to,
      search.entryThresholds,
      search.exitThresholds,
      search.holdBars,
      search.modes,
      search.directions,
      search.fill,
      costs.from,
      costs.commissionRates,
      costs.sellTaxRates,
      tradingDays,
    ]);
    const spans = new Map(inputs.rows.flatMap((input) => spanOf(input)));
    const candidates = grid.rows
      .filter((row) => spans.has(row.symbol))
      .map((row) => judgeCandidate(row, search.minTrades));
    await connection.query(sqlFile("insert_threshold_candidates"), [
      run.runId,
      JSON.stringify(candidates.map((candidate) => ({ ...candidate, ...spans.get(candidate.symbol) }))),
      search.directions,
      search.fill,
      run.configHash,
    ]);
    await countTrials(connection, run, candidates.length);
    await connection.query("COMMIT");
    return { inputs: inputs.rows, candidates };
  } catch (cause) {
    // A connection that is gone has rolled back by itself; what matters is why.
    await connection.query("ROLLBACK").catch(() => undefined);
    throw cause;
  }
}

/** First and last instant of a symbol's bars; none without bars, where nothing can be tried. */
function spanOf({ symbol, first_bar_us, last_bar_us }: SymbolInput): [string, object][] {
  if (first_bar_us === null || last_bar_us === null) return [];
  const backtest_start = formatInstant(first_bar_us);
  const backtest_end = formatInstant((last_bar_us + 10 * MINUTE_US) as TimeUs);
  return [[symbol, { backtest_start, backtest_end }]];
}
