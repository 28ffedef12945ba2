import type { RankedCandidate } from "./ranking.ts";
import type { SqlSearch } from "./sql-search.ts";

const LEVEL = 0.05;

/** Ranked candidates whose gain survives the correction for the number of trials. */
export function significantGains(ranked: readonly RankedCandidate[]): RankedCandidate[] {
  return ranked.filter(({ p_adjusted, avg_return }) => p_adjusted <= LEVEL && (avg_return ?? 0) > 0);
}

/** What a search may honestly claim, in plain words. */
export function verdictOf(search: SqlSearch, ranked: readonly RankedCandidate[], trials: number): string {
  return [claim(search, ranked, trials), costsClause(search), fillClause(search)].join(" ");
}

function claim(search: SqlSearch, ranked: readonly RankedCandidate[], trials: number): string {
  const [best] = ranked;
  if (best === undefined) {
    return `None of ${trials} combinations tried has ${search.minTrades} trades or more and returns that vary: there is nothing to judge.`;
  }
  const gains = significantGains(ranked).length;
  if (gains === 0) {
    return `None of ${trials} combinations tried earns more than chance would: after Benjamini–Yekutieli no gain is significant at 5 % (the best has p ${best.p_adjusted.toPrecision(2)}).`;
  }
  const count = gains === 1 ? "1 gain is" : `${gains} gains are`;
  return `Of ${trials} combinations tried, ${count} significant at 5 % after Benjamini–Yekutieli, on the data they were found on. Not yet validated out of sample: a hypothesis, no threshold to trade.`;
}

function costsClause(search: SqlSearch): string {
  return search.costs === "none"
    ? "Costs are left out; commission and tax would lower every return."
    : "Commission and tax are paid; spread and slippage are not.";
}

function fillClause(search: SqlSearch): string {
  return search.fill === "signal_close"
    ? "Entries are filled at the very close that made the signal, which nobody could still have traded."
    : "Entries are filled at the open of the next bar, exits at closes.";
}
