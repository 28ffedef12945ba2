import studentCdf from "@stdlib/stats-base-dists-t-cdf";

/** From how many observations on a p value is shown at all; below, t leans on a normality nobody has checked. */
export const FEWEST_FOR_P = 10;

/**
 * Two-sided p of a one-sample t statistic of n observations, never below the smallest positive double.
 * null below `FEWEST_FOR_P` observations or without a t.
 */
export function twoSidedP(t: number | null, n: number): number | null {
  if (t === null || n < FEWEST_FOR_P) return null;
  // The lower tail: 1 − F(|t|) would lose every digit of a small p.
  return Math.max(2 * studentCdf(-Math.abs(t), n - 1), Number.MIN_VALUE);
}
