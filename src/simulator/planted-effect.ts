/**
 * A regularity put into a symbol on purpose, so that the evidence can be checked against the truth.
 *
 * Its law: when a 10-minute bar inside a session closes at least `triggerReturn` away from the bar before, and no
 * earlier run of the effect is under way, the fair value drifts over the next `horizonMinutes` by `expectedReturn`
 * of the close that set it off, evenly, against the move (mean reversion) or with it (momentum). Moves whose
 * horizon would reach past continuous trading set nothing off. Everything else about the symbol is noise.
 */
export interface PlantedEffect {
  kind: "mean-reversion" | "momentum";
  /** Absolute close-to-close return of a 10-minute bar; a fraction. */
  triggerReturn: number;
  horizonMinutes: number;
  /** Drift per run in the trader's favour, before costs and spread; a fraction. */
  expectedReturn: number;
}

/** The direction the fair value is pulled in after a bar's return, 0 when the return sets nothing off. */
export function pullAfter(effect: PlantedEffect, barReturn: number): -1 | 0 | 1 {
  // Written so that the NaN of a first bar, which has none before it, sets nothing off.
  if (!(Math.abs(barReturn) >= effect.triggerReturn)) return 0;
  const along = barReturn > 0 ? 1 : -1;
  return effect.kind === "momentum" ? along : along === 1 ? -1 : 1;
}

/** The planted effects of the sample by the number of their symbol. */
export const PLANTED_EFFECTS: ReadonlyMap<number, PlantedEffect> = new Map([
  [11, { kind: "mean-reversion", triggerReturn: 0.01, horizonMinutes: 60, expectedReturn: 0.015 }],
  [12, { kind: "mean-reversion", triggerReturn: 0.01, horizonMinutes: 30, expectedReturn: 0.012 }],
  [13, { kind: "momentum", triggerReturn: 0.01, horizonMinutes: 60, expectedReturn: 0.015 }],
]);
