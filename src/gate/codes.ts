/**
 * Everything that can be said against a record. V-001 and V-004 are the codec's (a line that is no record);
 * the others are the gate's. V-012 and G-007 are ours, beyond the written table: see docs/quality-gate.md.
 */
export const GATE_CODES = [
  "V-001",
  "V-004",
  "V-005",
  "V-006",
  "V-007",
  "V-008",
  "V-010",
  "V-011",
  "V-012",
  "G-001",
  "G-002",
  "G-003",
  "G-004",
  "G-005",
  "G-006",
  "G-007",
] as const;
export type GateCode = (typeof GATE_CODES)[number];

/** A set of codes: bit i stands for `GATE_CODES[i]`. */
export type CodeSet = number & { readonly __unit: "CodeSet" };

const bit = (code: GateCode): number => 1 << GATE_CODES.indexOf(code);

export const FUTURE_EVENT = bit("V-005");
export const IMPOSSIBLE_NUMBER = bit("V-006");
export const IMPOSSIBLE_BAR = bit("V-007");
export const IMPOSSIBLE_QUOTE = bit("V-008");
export const IMPOSSIBLE_VOLUME = bit("V-010");
export const FOREIGN_SYMBOL = bit("V-011");
export const SEQ_OUT_OF_RANGE = bit("V-012");
export const DAY_MOVE = bit("G-001");
export const TICK_MOVE = bit("G-002");
export const VOLUME_SURGE = bit("G-003");
export const LATE = bit("G-004");
export const OUTSIDE_SESSION = bit("G-005");
export const OFF_GRID = bit("G-006");
export const EMPTY_SIDE = bit("G-007");

/** All codes of this version; whatever lies above is severity, not code. */
export const ALL_CODES = 2 ** GATE_CODES.length - 1;

/** Guards judge a possible record against its stream; the other codes are of its own shape and range. */
export const GUARD_CODES = GATE_CODES.filter((code) => code.startsWith("G")).reduce(
  (codes, code) => codes | bit(code),
  0,
);

/** The codes in a set, in the order of the table. */
export function expandCodes(codes: CodeSet): GateCode[] {
  return GATE_CODES.filter((_, index) => (codes & (1 << index)) !== 0);
}
