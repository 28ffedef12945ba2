import type { GateRules } from "./rules.ts";
import { type StreamState, tickStreamOf } from "./stream-state.ts";

/**
 * The venue has interrupted a symbol (VI, halt): until it resumes its book may cross, its price may move and it may
 * be silent. A replay that is to give the same verdicts must call this between the same two ticks.
 */
export function interruptTrading(state: StreamState, symbol: string, rules: GateRules): void {
  const stream = tickStreamOf(state, symbol, rules);
  if (stream !== undefined) stream.trading = "interrupted";
}

/** Trading resumes: the next tick begins a new price and volume reference. */
export function resumeTrading(state: StreamState, symbol: string): void {
  const stream = state.ticks.get(symbol);
  if (stream?.trading === "interrupted") stream.trading = "resuming";
}
