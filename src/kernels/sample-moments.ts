/**
 * How far apart returns may lie that are equal but for rounding: each is made by at most seven operations on
 * numbers near 1, so two of them differ by less than 2 × 7 × 2⁻⁵³ ≈ 1.6e-15, and a day compounds a few.
 */
export const RETURN_ROUNDING = 1e-14;

/** Arithmetic mean, summed in order; NaN of none. */
export function mean(values: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum / values.length;
}

/**
 * Standard deviation with n − 1, two passes. NaN below two values, and for returns that differ by rounding only:
 * dividing by such a deviation would turn nothing into overwhelming evidence.
 */
export function sampleDeviation(returns: Float64Array): number {
  const centre = mean(returns);
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  let squares = 0;
  for (let i = 0; i < returns.length; i++) {
    const value = returns[i]!;
    if (value < least) least = value;
    if (value > most) most = value;
    squares += (value - centre) * (value - centre);
  }
  return most - least > RETURN_ROUNDING ? Math.sqrt(squares / (returns.length - 1)) : Number.NaN;
}
