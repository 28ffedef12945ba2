import { createHash } from "node:crypto";
import { RULE_BOOK_VERSION, tradingDays } from "../market/index.ts";
import { openClient, type Store, sqlFile } from "../store/index.ts";
import type { Candidate } from "./candidate.ts";
import { type RankedCandidate, rankCandidates } from "./ranking.ts";
import {
  type Connection,
  closeRun,
  type EqualRun,
  earlierTrials,
  findEqualRun,
  type OpenRun,
  openRun,
} from "./run-ledger.ts";
import { type SymbolInput, searchBatch } from "./search-batch.ts";
import { type SqlSearch, type SqlSearchOptions, sqlSearch } from "./sql-search.ts";
import { symbolCosts } from "./symbol-costs.ts";
import { significantGains, verdictOf } from "./verdict.ts";

export interface OptimizeSqlOptions extends SqlSearchOptions {
  /** Version of the program, kept with the run. */
  codeVersion: string;
  /** Told after each batch; symbols. */
  onProgress?: (searched: number, total: number) => void;
  /** Ends the run after the batch under way, as interrupted. */
  signal?: AbortSignal;
}

export interface RunResult {
  runId: number;
  search: SqlSearch;
  configHash: string;
  inputFingerprint: string;
  codeVersion: string;
  ruleBookVersion: string;
  symbols: number;
  /** Bars read, degraded ones included. */
  bars: number;
  /** Symbols asked for that have no bar in the period. */
  withoutBars: readonly string[];
  /** Symbols charged as KOSPI stocks because the symbol master does not know them. */
  assumedInstruments: readonly string[];
  /** Combinations this run tried, those without trades included. */
  trials: number;
  /** Combinations that other questions tried on the same input before; they count in p_adjusted. */
  earlierTrials: number;
  /** Strongest evidence of a gain first; in sample. */
  ranked: readonly RankedCandidate[];
  /** Candidates with too few trades, or none, to be ranked. */
  unranked: number;
  /** Ranked candidates whose gain survives the correction; in sample. */
  significant: number;
  /** The latest run that asked the same of the same input; null when there is none. */
  equalRun: EqualRun | null;
  /** What the run may honestly claim. */
  verdict: string;
}

// Large enough that the round trips do not matter, small enough to be interrupted and to show progress.
const SYMBOLS_PER_BATCH = 8;

/**
 * Searches the fixed-hold grid inside the database (`fixed_hold_grid`), keeps every candidate in
 * `analysis_threshold_candidates` and the run in `analysis_runs`. Nothing it finds is optimal: that takes
 * validation out of sample. The same search on the same bars finds the same candidates, digit for digit.
 * Throws OBS_SEARCH_INVALID before anything is written; any later error ends the run as failed and is thrown.
 */
export async function optimizeSql(store: Store, options: OptimizeSqlOptions): Promise<RunResult> {
  const search = sqlSearch(options);
  // A connection of its own: a long period outlasts the writer pool's statement timeout.
  const connection = await openClient(store.urls.writer, "observer optimize");
  try {
    const run = await openRun(connection, "optimize-sql", { ...search }, options.codeVersion);
    try {
      return await runSearch(connection, run, search, options);
    } catch (cause) {
      const error = cause instanceof Error ? cause.message : String(cause);
      const state = options.signal?.aborted === true ? "interrupted" : "failed";
      await closeRun(connection, run, { state, error }).catch(() => undefined);
      throw cause;
    }
  } finally {
    await connection.end();
  }
}

async function runSearch(
  connection: Connection,
  run: OpenRun,
  search: SqlSearch,
  options: OptimizeSqlOptions,
): Promise<RunResult> {
  const days = tradingDays(search.from, search.to).map((day) => day.date);
  const symbols = await symbolsOf(connection, search);
  const costs = await symbolCosts(connection, search, symbols);
  const inputs: SymbolInput[] = [];
  const candidates: Candidate[] = [];
  for (const group of costs.groups) {
    for (let at = 0; at < group.symbols.length; at += SYMBOLS_PER_BATCH) {
      options.signal?.throwIfAborted();
      const batch = group.symbols.slice(at, at + SYMBOLS_PER_BATCH);
      const outcome = await searchBatch(connection, run, search, batch, group.costs, days);
      inputs.push(...outcome.inputs);
      candidates.push(...outcome.candidates);
      options.onProgress?.(inputs.length, symbols.length);
    }
  }
  const inputFingerprint = combinedFingerprint(inputs);
  await closeRun(connection, run, { state: "finished", inputFingerprint });
  const earlier = await earlierTrials(connection, run);
  const trials = candidates.length + earlier;
  const ranked = rankCandidates(candidates, trials);
  return {
    ...run,
    search,
    inputFingerprint,
    codeVersion: options.codeVersion,
    ruleBookVersion: RULE_BOOK_VERSION,
    symbols: symbols.length,
    bars: inputs.reduce((sum, input) => sum + input.bars, 0),
    withoutBars: inputs.filter((input) => input.bars === 0).map((input) => input.symbol),
    assumedInstruments: costs.assumed,
    trials: candidates.length,
    earlierTrials: earlier,
    ranked,
    unranked: candidates.length - ranked.length,
    significant: significantGains(ranked).length,
    equalRun: await findEqualRun(connection, run),
    verdict: verdictOf(search, ranked, trials),
  };
}

async function symbolsOf(connection: Connection, search: SqlSearch): Promise<readonly string[]> {
  if (search.symbols !== "all") return search.symbols;
  const listed = await connection.query<{ symbol: string }>(sqlFile("list_swing_symbols"), [
    search.from,
    search.to,
  ]);
  return listed.rows.map((row) => row.symbol);
}

/** One hash over the hashes of all symbols, whatever the order they were searched in. */
function combinedFingerprint(inputs: readonly SymbolInput[]): string {
  const lines = inputs.map(({ symbol, bars, sha256 }) => `${symbol} ${bars} ${sha256}\n`).sort();
  return createHash("sha256").update(lines.join("")).digest("hex");
}
