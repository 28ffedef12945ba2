import type { QualityFlag } from "../record/index.ts";
import { ALL_CODES, type CodeSet } from "./codes.ts";

/**
 * What the gate decided about one record. Immutable; the usual verdict is one shared object.
 * accept   stored; codes that only count (late, off the grid, empty side) may be present
 * degrade  stored, flagged at least `degraded`
 * reject   not stored; the record is left as it came
 */
export interface Verdict {
  readonly kind: "accept" | "degrade" | "reject";
  readonly codes: CodeSet;
}

/** Codes found so far, with the severity of the worst in the two bits above them. Zero: nothing to say. */
export type Findings = number;
export const DEGRADES = 1 << 29;
export const REJECTS = 1 << 30;

const ACCEPTED: Verdict = Object.freeze({ kind: "accept", codes: 0 as CodeSet });

export function verdictOf(findings: Findings): Verdict {
  if (findings === 0) return ACCEPTED;
  const codes = (findings & ALL_CODES) as CodeSet;
  if ((findings & REJECTS) !== 0) return { kind: "reject", codes };
  return { kind: (findings & DEGRADES) !== 0 ? "degrade" : "accept", codes };
}

/** gap > degraded > normal. */
export function worseFlag(a: QualityFlag, b: QualityFlag): QualityFlag {
  if (a === "gap" || b === "gap") return "gap";
  return a === "degraded" || b === "degraded" ? "degraded" : "normal";
}
