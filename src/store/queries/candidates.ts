import type { TimeUs } from "../../record/index.ts";
import type { Store } from "../store.ts";
import { checkChoice, checkId, checkText } from "./argument-checks.ts";
import { type Page, type PageRequest, readPage } from "./page.ts";
import { type DatabaseRow, double, flag, instant, orNull, text, whole } from "./row-fields.ts";

export const STRATEGY_TYPES = ["scalp", "swing", "portfolio"] as const;
export type StrategyType = (typeof STRATEGY_TYPES)[number];

/** Which candidates to show; what is left out does not restrict. */
export interface CandidateFilter {
  /** Or the name of a group that was searched as one. */
  symbol?: string;
  strategyType?: StrategyType;
  runId?: number | bigint;
  /** Only those that passed every validation. */
  optimalOnly?: boolean;
}

/** One combination of thresholds and how it did. All `Pct` are fractions; null: undefined, see `note`. */
export interface CandidateRow {
  candidateId: number;
  runId: number | null;
  symbol: string;
  strategyType: string;
  direction: string | null;
  basis: string | null;
  gapPolicy: string | null;
  analysisTimeUs: TimeUs;
  entryThresholdPct: number;
  exitThresholdPct: number;
  stopLossPct: number | null;
  takeProfitPct: number | null;
  holdingPeriodMinutes: number | null;
  backtestStartUs: TimeUs;
  backtestEndUs: TimeUs;
  totalTrades: number | null;
  winningTrades: number | null;
  losingTrades: number | null;
  winRate: number | null;
  totalReturnPct: number | null;
  avgReturnPct: number | null;
  maxReturnPct: number | null;
  minReturnPct: number | null;
  profitFactor: number | null;
  sharpeRatio: number | null;
  sortinoRatio: number | null;
  maxDrawdownPct: number | null;
  avgDrawdownPct: number | null;
  tStatistic: number | null;
  pValue: number | null;
  validation: string;
  note: string | null;
  configHash: string | null;
  rankScore: number | null;
  isOptimal: boolean;
}

/** The key before which every candidate lies: the largest BIGINT. */
const AFTER_ALL = "9223372036854775807";

/** Threshold candidates, newest first, page by page. */
export async function getCandidates(
  store: Store,
  filter: CandidateFilter = {},
  page: PageRequest = {},
): Promise<Page<CandidateRow>> {
  const { symbol, strategyType, runId, optimalOnly = false } = filter;
  const question = {
    name: "candidates",
    arguments: [
      symbol === undefined ? null : checkText("symbol", symbol),
      strategyType === undefined ? null : checkChoice("strategy type", strategyType, STRATEGY_TYPES),
      runId === undefined ? null : checkId("run", runId),
      optimalOnly,
    ],
    beforeFirst: [AFTER_ALL],
    keyOf: (candidate: CandidateRow) => [String(candidate.candidateId)],
    decode: decodeCandidate,
  };
  return await readPage(store, question, page);
}

function decodeCandidate(row: DatabaseRow): CandidateRow {
  return {
    candidateId: whole(row, "candidate_id"),
    runId: orNull(whole, row, "run_id"),
    symbol: text(row, "symbol"),
    strategyType: text(row, "strategy_type"),
    direction: orNull(text, row, "direction"),
    basis: orNull(text, row, "basis"),
    gapPolicy: orNull(text, row, "gap_policy"),
    analysisTimeUs: instant(row, "analysis_time"),
    entryThresholdPct: double(row, "entry_threshold_pct"),
    exitThresholdPct: double(row, "exit_threshold_pct"),
    stopLossPct: orNull(double, row, "stop_loss_pct"),
    takeProfitPct: orNull(double, row, "take_profit_pct"),
    holdingPeriodMinutes: orNull(whole, row, "holding_period_minutes"),
    backtestStartUs: instant(row, "backtest_start"),
    backtestEndUs: instant(row, "backtest_end"),
    totalTrades: orNull(whole, row, "total_trades"),
    winningTrades: orNull(whole, row, "winning_trades"),
    losingTrades: orNull(whole, row, "losing_trades"),
    winRate: orNull(double, row, "win_rate"),
    totalReturnPct: orNull(double, row, "total_return_pct"),
    avgReturnPct: orNull(double, row, "avg_return_pct"),
    maxReturnPct: orNull(double, row, "max_return_pct"),
    minReturnPct: orNull(double, row, "min_return_pct"),
    profitFactor: orNull(double, row, "profit_factor"),
    sharpeRatio: orNull(double, row, "sharpe_ratio"),
    sortinoRatio: orNull(double, row, "sortino_ratio"),
    maxDrawdownPct: orNull(double, row, "max_drawdown_pct"),
    avgDrawdownPct: orNull(double, row, "avg_drawdown_pct"),
    tStatistic: orNull(double, row, "t_statistic"),
    pValue: orNull(double, row, "p_value"),
    validation: text(row, "validation"),
    note: orNull(text, row, "note"),
    configHash: orNull(text, row, "config_hash"),
    rankScore: orNull(double, row, "rank_score"),
    isOptimal: flag(row, "is_optimal"),
  };
}
