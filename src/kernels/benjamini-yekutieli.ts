/**
 * p values adjusted for the false discovery rate under any dependence, as grid neighbours need.
 * pValues  n probabilities; NaN (undefined) stays NaN and counts as a trial that found nothing
 * trials   m ≥ n, everything that was tried on the question
 * out      min over j ≥ k of c(m) · m/j · p₍ⱼ₎, at most 1, with c(m) = Σ 1/i
 * cost     O(n log n + m)
 * source   Benjamini & Yekutieli 2001, "The control of the false discovery rate in multiple testing under dependency"
 */
export function benjaminiYekutieli(pValues: Float64Array, trials = pValues.length): Float64Array {
  if (trials < pValues.length) throw new RangeError(`${pValues.length} p values from ${trials} trials`);
  const order = Array.from(pValues.keys())
    .filter((i) => !Number.isNaN(pValues[i]!))
    .sort((left, right) => pValues[left]! - pValues[right]!);
  let harmonic = 0;
  for (let i = trials; i >= 1; i--) harmonic += 1 / i;
  const adjusted = new Float64Array(pValues.length).fill(Number.NaN);
  let smallest = 1;
  for (let k = order.length; k >= 1; k--) {
    const i = order[k - 1]!;
    smallest = Math.min(smallest, ((harmonic * trials) / k) * pValues[i]!);
    adjusted[i] = smallest;
  }
  return adjusted;
}
