import { RETURN_ROUNDING } from "./sample-moments.ts";

export interface Drawdowns {
  /** Deepest fall from a peak (fraction ≥ 0). */
  deepest: number;
  /** Mean over the episodes of their deepest point (fraction); NaN without an episode. */
  meanTrough: number;
}

/**
 * Falls of the equity curve Π growth below its running peak. The 1.0 before the first period is part of the peak.
 * An episode lasts from the first period below the peak to the one that regains it; the last may be open.
 * growth  1 + return of each period, in time order
 * cost    O(n)
 */
export function drawdowns(growth: Float64Array): Drawdowns {
  let level = 1;
  let peak = 1;
  let deepest = 0;
  let trough = 0;
  let troughSum = 0;
  let episodes = 0;
  for (let i = 0; i < growth.length; i++) {
    level *= growth[i]!;
    peak = Math.max(peak, level);
    const drawdown = 1 - level / peak;
    if (drawdown > RETURN_ROUNDING) {
      trough = Math.max(trough, drawdown);
      deepest = Math.max(deepest, drawdown);
    } else if (trough > 0) {
      troughSum += trough;
      episodes++;
      trough = 0;
    }
  }
  if (trough > 0) {
    troughSum += trough;
    episodes++;
  }
  return { deepest, meanTrough: troughSum / episodes };
}
