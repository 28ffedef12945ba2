/** Share of a day's volume in the opening and in the closing auction. */
export const OPENING_AUCTION_SHARE = 0.025;
export const CLOSING_AUCTION_SHARE = 0.055;

/** Volume over the day: a burst at the open, quiet past noon, a rise into the close. `x` runs from 0 to 1. */
function activityAt(x: number): number {
  const left = 1 - x;
  const burst = left * left * left * left * left * left * left * left;
  const bowl = (x - 0.6) * (x - 0.6);
  return 0.6 + 3 * bowl + 1.6 * burst;
}

/** Volatility over the day: twice as high at the open as past noon, a little higher at the end. */
function roughnessAt(x: number): number {
  const left = 1 - x;
  return 0.85 + 0.8 * left * left * left * left + 0.15 * x * x;
}

/** Weight of each of `slots` equal stretches of continuous trading; the weights average 1. */
export function volumeCurve(slots: number): Float64Array {
  const curve = Float64Array.from({ length: slots }, (_, slot) => activityAt((slot + 0.5) / slots));
  const mean = curve.reduce((sum, weight) => sum + weight, 0) / slots;
  return curve.map((weight) => weight / mean);
}

/** Factor on the volatility of each of `slots` equal stretches; their squares average 1. */
export function volatilityCurve(slots: number): Float64Array {
  const curve = Float64Array.from({ length: slots }, (_, slot) => roughnessAt((slot + 0.5) / slots));
  const meanSquare = curve.reduce((sum, factor) => sum + factor * factor, 0) / slots;
  return curve.map((factor) => factor / Math.sqrt(meanSquare));
}
