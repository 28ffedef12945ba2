import {
  formatInstant,
  GAP_SCOPES,
  type GapScope,
  type GapSeverity,
  type TimeUs,
} from "../../record/index.ts";
import type { Store } from "../store.ts";
import { checkChoice, checkDates } from "./argument-checks.ts";
import { ask } from "./ask.ts";
import { type Page, type PageRequest, readPage } from "./page.ts";
import { type DatabaseRow, instant, orNull, text, whole } from "./row-fields.ts";

/** A stretch of time for which data are known to be missing. */
export interface GapRow {
  gapId: number;
  gapStartUs: TimeUs;
  gapEndUs: TimeUs;
  gapSeconds: number;
  scope: string | null;
  /** null when the gap concerns every symbol of its scope. */
  symbol: string | null;
  reason: string | null;
  severity: GapSeverity;
  sessionId: string;
}

/**
 * How many gaps that touch a scope began on the Korean dates from `startDate` to `endDate`, both included.
 * Gaps of scope "all" touch every scope; asking for "all" counts every gap.
 */
export async function countGaps(
  store: Store,
  scope: GapScope,
  startDate: string,
  endDate: string,
): Promise<number> {
  const dates = checkDates(startDate, endDate);
  const values = [checkChoice("scope", scope, GAP_SCOPES), dates.start, dates.end];
  const [answer = 0] = await ask(store, "count_gaps", values, (row) => whole(row, "gaps"));
  return answer;
}

/** Gaps of five minutes or more that began on the Korean dates from `startDate` to `endDate`, oldest first. */
export async function getCriticalGaps(
  store: Store,
  startDate: string,
  endDate: string,
  page: PageRequest = {},
): Promise<Page<GapRow>> {
  const dates = checkDates(startDate, endDate);
  const question = {
    name: "critical_gaps",
    arguments: [dates.end],
    beforeFirst: [dates.start, 0],
    keyOf: (gap: GapRow) => [formatInstant(gap.gapStartUs), gap.gapId],
    decode: decodeGap,
  };
  return await readPage(store, question, page);
}

function decodeGap(row: DatabaseRow): GapRow {
  return {
    gapId: whole(row, "id"),
    gapStartUs: instant(row, "gap_start_ts"),
    gapEndUs: instant(row, "gap_end_ts"),
    gapSeconds: whole(row, "gap_seconds"),
    scope: orNull(text, row, "scope"),
    symbol: orNull(text, row, "symbol"),
    reason: orNull(text, row, "reason"),
    severity: severity(text(row, "severity")),
    sessionId: text(row, "session_id"),
  };
}

function severity(name: string): GapSeverity {
  return name === "critical" || name === "major" ? name : "minor";
}
