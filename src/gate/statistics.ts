import type { QualityFlag } from "../record/index.ts";
import { GATE_CODES, type GateCode, GUARD_CODES } from "./codes.ts";
import type { Verdict } from "./verdict.ts";

/** What a gate has decided so far; plain numbers, to be added up over files, workers and days, and printed as JSON. */
export interface GateStatistics {
  records: number;
  verdicts: Record<Verdict["kind"], number>;
  /** Stored records by the flag they carry, including flags they came with. */
  flags: Record<QualityFlag, number>;
  /** Rejected by a guard (G-…) rather than for shape or range. */
  guardRejects: number;
  /** Records with each code, by verdict. A record with several codes is in several rows. */
  codes: Record<GateCode, Record<Verdict["kind"], number>>;
}

export function newGateStatistics(): GateStatistics {
  const row = () => ({ accept: 0, degrade: 0, reject: 0 });
  const codes = Object.fromEntries(GATE_CODES.map((code) => [code, row()]));
  return {
    records: 0,
    verdicts: row(),
    flags: { normal: 0, degraded: 0, gap: 0 },
    guardRejects: 0,
    codes: codes as GateStatistics["codes"],
  };
}

/** Counts one judged record; `flag` is the one it carries after judgement. */
export function countVerdict(statistics: GateStatistics, verdict: Verdict, flag: QualityFlag): void {
  statistics.records++;
  statistics.verdicts[verdict.kind]++;
  if (verdict.kind !== "reject") statistics.flags[flag]++;
  if (verdict.codes === 0) return;
  if (verdict.kind === "reject" && (verdict.codes & GUARD_CODES) !== 0) statistics.guardRejects++;
  for (let index = 0; index < GATE_CODES.length; index++) {
    const code = GATE_CODES[index];
    if (code !== undefined && (verdict.codes & (1 << index)) !== 0) statistics.codes[code][verdict.kind]++;
  }
}

/** Counts a line that never became a record, so that the pass rate is of everything that came in. */
export function countMalformed(statistics: GateStatistics, code: "V-001" | "V-004"): void {
  statistics.records++;
  statistics.verdicts.reject++;
  statistics.codes[code].reject++;
}

/** Adds `other` to `statistics`. */
export function mergeStatistics(statistics: GateStatistics, other: GateStatistics): void {
  statistics.records += other.records;
  statistics.guardRejects += other.guardRejects;
  addUp(statistics.verdicts, other.verdicts);
  addUp(statistics.flags, other.flags);
  for (const code of GATE_CODES) addUp(statistics.codes[code], other.codes[code]);
}

function addUp<K extends string>(sums: Record<K, number>, more: Record<K, number>): void {
  for (const key in sums) sums[key] += more[key];
}

/** The rates the targets speak of, as fractions of all records; NaN when there are none. */
export interface GateRates {
  /** Stored; healthy data ≥ 0.995. */
  pass: number;
  /** Rejected by a guard; healthy data < 0.001. */
  guardReject: number;
  /** Stored and flagged normal; healthy data > 0.95. */
  normal: number;
}

export function gateRates(statistics: GateStatistics): GateRates {
  const { records, verdicts, flags, guardRejects } = statistics;
  return {
    pass: (verdicts.accept + verdicts.degrade) / records,
    guardReject: guardRejects / records,
    normal: flags.normal / records,
  };
}
