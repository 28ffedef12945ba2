import { benjaminiYekutieli } from "../kernels/index.ts";
import type { Candidate } from "./candidate.ts";

export interface RankedCandidate extends Candidate {
  /** From 1, strongest evidence of a gain first. */
  rank: number;
  /** p after Benjamini–Yekutieli over every trial on this input. */
  p_adjusted: number;
}

/**
 * The candidates that can be ranked, strongest evidence of a gain first; ties in the order of their parameters.
 * `trials` counts everything tried on the question, candidates without a p included.
 */
export function rankCandidates(candidates: readonly Candidate[], trials: number): RankedCandidate[] {
  const pValues = Float64Array.from(candidates, (candidate) => candidate.p_value ?? Number.NaN);
  const adjusted = benjaminiYekutieli(pValues, trials);
  return candidates
    .flatMap((candidate, i) => {
      const score = candidate.rank_score;
      return score === null ? [] : [{ candidate, score, p_adjusted: adjusted[i] ?? Number.NaN }];
    })
    .sort((left, right) => right.score - left.score || inOrder(left.candidate, right.candidate))
    .map(({ candidate, p_adjusted }, i) => ({ ...candidate, rank: i + 1, p_adjusted }));
}

function inOrder(left: Candidate, right: Candidate): number {
  if (left.symbol !== right.symbol) return left.symbol < right.symbol ? -1 : 1;
  if (left.mode !== right.mode) return left.mode < right.mode ? -1 : 1;
  return (
    left.hold_bars - right.hold_bars ||
    left.entry_threshold - right.entry_threshold ||
    left.exit_threshold - right.exit_threshold
  );
}
