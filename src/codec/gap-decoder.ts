import {
  ABSENT,
  GAP_SCOPES,
  type GapRecord,
  type GapScope,
  SECOND_US,
  type TimeUs,
} from "../record/index.ts";
import { isMissing, readInstant, readNumber, readSymbol, readText, TEXT_LIMIT } from "./fields.ts";
import { countUnknown, parseLine } from "./json-line.ts";
import { clearReport, describe, LINE_WARNING, type LineReport, outcomeOf, refuse } from "./line-report.ts";

const KNOWN: ReadonlySet<string> = new Set([
  ...["timestamp", "gap_start_ts", "gap_end_ts", "gap_seconds", "scope", "reason", "session_id", "symbol"],
  ...["severity", "metadata", "schema_version"],
]);

/**
 * Decodes the line `bytes[start, end)` of a gap ledger. `gapSeconds` is what the line says if that agrees with its
 * start and end to a second, else (and when missing) their difference in whole seconds.
 * Null when malformed, with the fault in `report`. Never throws.
 */
export function decodeGap(bytes: Buffer, start: number, end: number, report: LineReport): GapRecord | null {
  clearReport(report);
  const fields = parseLine(bytes, start, end, report);
  if (fields === null) return null;
  report.unknownFields += countUnknown(fields, KNOWN);
  const gapStartUs = readInstant(report, "gap_start_ts", fields.gap_start_ts);
  const gapEndUs = readInstant(report, "gap_end_ts", fields.gap_end_ts);
  if (gapEndUs < gapStartUs)
    refuse(report, "gap_end_ts", "V-004", describe(fields.gap_end_ts, "before gap_start_ts: "));
  const gap: GapRecord = {
    gapStartUs,
    gapEndUs,
    gapSeconds: gapSeconds(report, fields.gap_seconds, gapStartUs, gapEndUs),
    scope: readScope(report, fields.scope),
    symbol:
      isMissing(fields.symbol) || fields.symbol === "" ? "" : readSymbol(report, "symbol", fields.symbol),
    reason: readText(report, "reason", fields.reason, TEXT_LIMIT.reason),
    sessionId: readText(report, "session_id", fields.session_id, TEXT_LIMIT.sessionId),
  };
  return outcomeOf(report) === "ok" ? gap : null;
}

function gapSeconds(report: LineReport, value: unknown, gapStartUs: TimeUs, gapEndUs: TimeUs): number {
  const measured = (gapEndUs - gapStartUs) / SECOND_US;
  const stated = isMissing(value) ? ABSENT : readNumber(report, "gap_seconds", value);
  if (Math.abs(stated - measured) <= 1) return Math.round(stated);
  if (!Number.isNaN(stated)) report.warnings |= LINE_WARNING.gapSecondsDiffer;
  return Math.round(measured);
}

function readScope(report: LineReport, value: unknown): GapScope {
  const scope = GAP_SCOPES.find((known) => known === value);
  if (scope !== undefined) return scope;
  refuse(report, "scope", "V-001", describe(value ?? undefined));
  return "all";
}
