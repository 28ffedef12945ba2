/** Why a line was refused: the codes of the quality gate that a decoder can already tell. */
export type MalformedCode = "V-001" | "V-004";

/** Oddities that do not stop a record; the bits of `LineReport.warnings`. */
export const LINE_WARNING = {
  /** A timestamp without zone was read as KST. */
  zoneAssumed: 1,
  /** A timestamp finer than a microsecond was cut. */
  instantCut: 2,
  /** A price with more than four decimals was rounded to the nearest ten-thousandth. */
  priceRounded: 4,
  /** A gap's `gap_seconds` differed from end minus start by more than a second; end minus start was taken. */
  gapSecondsDiffer: 8,
  /** The value traded in a bar could not be told from the day's cumulative value; it is absent. */
  cumulativeUnusable: 16,
} as const;

export type LineOutcome = "ok" | "malformed";

/** What a decoder has to say about the line it just read. One object is reused, so that good lines cost nothing. */
export interface LineReport {
  /** The field at fault as the file names it, `price.current` when nested, `(line)` for the line as a whole; "" when ok. */
  field: string;
  code: MalformedCode | "";
  /** What stood there, in at most 80 printable characters. */
  found: string;
  /** Set of LINE_WARNING bits. */
  warnings: number;
  /** Fields that no shape of the record knows; they were ignored. */
  unknownFields: number;
}

/** The `field` of a fault that concerns the whole line. */
export const WHOLE_LINE = "(line)";
export const MISSING = "(missing)";

export function newLineReport(): LineReport {
  return { field: "", code: "", found: "", warnings: 0, unknownFields: 0 };
}

export function clearReport(report: LineReport): void {
  report.field = "";
  report.code = "";
  report.found = "";
  report.warnings = 0;
  report.unknownFields = 0;
}

/** Records a fault. The first one of a line stands: later ones may only be its consequences. */
export function refuse(report: LineReport, field: string, code: MalformedCode, found: string): void {
  if (report.field !== "") return;
  report.field = field;
  report.code = code;
  report.found = found;
}

export function outcomeOf(report: LineReport): LineOutcome {
  return report.field === "" ? "ok" : "malformed";
}

const LONGEST_FOUND = 80;

function shortened(text: string): string {
  if (text.length <= LONGEST_FOUND) return text;
  return `${text.slice(0, LONGEST_FOUND - 1).replace(/[\uD800-\uDBFF]$/, "")}…`;
}

/**
 * A value from outside in few, printable characters, after an optional remark.
 * Never walks into objects: a hostile line may nest a million deep.
 */
export function describe(value: unknown, remark = ""): string {
  if (value === undefined) return MISSING;
  if (Array.isArray(value)) return `${remark}an array`;
  if (typeof value === "object" && value !== null) return `${remark}an object`;
  const text = typeof value === "string" ? JSON.stringify(value.slice(0, 2 * LONGEST_FOUND)) : String(value);
  return shortened(remark + text);
}
