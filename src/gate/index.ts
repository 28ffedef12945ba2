// gate — decides whether a record may enter the store, and with which flag.
// in: ticks and bars, stream state, rules   out: verdicts, next state, counts   touches: nothing (pure)
export { type CodeSet, expandCodes, GATE_CODES, type GateCode } from "./codes.ts";
export { interruptTrading, resumeTrading } from "./interruption.ts";
export { judgeBar } from "./judge-bar.ts";
export { judgeTick } from "./judge-tick.ts";
export { type GateOptions, type GateRules, type GateThresholds, gateRules } from "./rules.ts";
export {
  countMalformed,
  countVerdict,
  type GateRates,
  type GateStatistics,
  gateRates,
  mergeStatistics,
  newGateStatistics,
} from "./statistics.ts";
export { cloneStreamState, newStreamState, type StreamState } from "./stream-state.ts";
export type { Verdict } from "./verdict.ts";
