import type { SearchMode } from "../kernels/index.ts";
import { FEWEST_FOR_P, twoSidedP } from "./t-test.ts";

/** A row of SQL `fixed_hold_grid`: one combination on one symbol. Fractions; null where undefined, and `note` says why. */
export interface GridRow {
  symbol: string;
  mode: SearchMode;
  entry_threshold: number;
  exit_threshold: number;
  hold_bars: number;
  trades: number;
  wins: number;
  losses: number;
  win_rate: number | null;
  total_return: number | null;
  avg_return: number | null;
  max_return: number | null;
  min_return: number | null;
  profit_factor: number | null;
  sharpe_ratio: number | null;
  sortino_ratio: number | null;
  max_drawdown: number | null;
  avg_drawdown: number | null;
  t_statistic: number | null;
  note: string | null;
}

/** A combination with the strength of its evidence. */
export interface Candidate extends GridRow {
  /** Two-sided, of t over trades; null below 10 trades or without a t. */
  p_value: number | null;
  /**
   * −log₁₀ p with the sign of the mean net return: how surprising the gain (or loss) would be by chance, before
   * any correction for how many combinations were tried. null where not ranked.
   */
  rank_score: number | null;
}

/** Judges a row of the grid by itself; candidates with fewer than `minTrades` trades are not ranked. */
export function judgeCandidate(row: GridRow, minTrades: number): Candidate {
  const pValue = twoSidedP(row.t_statistic, row.trades);
  const ranked = pValue !== null && row.trades >= minTrades;
  const notes = row.note === null ? [] : [row.note];
  if (row.t_statistic !== null && row.trades < FEWEST_FOR_P)
    notes.push(`p: fewer than ${FEWEST_FOR_P} trades`);
  if (row.trades > 0 && row.trades < minTrades) notes.push(`rank: fewer than ${minTrades} trades`);
  return {
    ...row,
    note: notes.length === 0 ? null : notes.join("; "),
    p_value: pValue,
    // Adding 0 turns the −0 of p = 1 into the 0 that the database gives back.
    rank_score: ranked ? -Math.log10(pValue) * Math.sign(row.avg_return ?? 0) + 0 : null,
  };
}
