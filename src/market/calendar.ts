import { DAY_US, KST_OFFSET_US, kstMidnightUs, type TradeDate } from "../record/index.ts";
import closedDaysFile from "./data/closed-days.json" with { type: "json" };
import specialHoursFile from "./data/special-hours.json" with { type: "json" };
import { fileDate } from "./dated-periods.ts";
import { ruleBookDefect } from "./rule-book-defect.ts";

export type DayKind = "normal" | "late-open" | "exam";

/** How sure a calendar entry is: it happened, it is the plan, or even the plan is in doubt. */
export type EntryStatus = "fact" | "planned" | "unsure";

/** A weekday without trading. */
export interface ClosedDay {
  date: TradeDate;
  reason: string;
  /** Where the entry comes from, in words. */
  source: string;
  status: EntryStatus;
}

const CLOSED_DAYS = "closed-days.json";
const SPECIAL_HOURS = "special-hours.json";
const STATUSES: readonly EntryStatus[] = ["fact", "planned", "unsure"];

const coverage = {
  from: fileDate(CLOSED_DAYS, closedDaysFile.from),
  to: fileDate(CLOSED_DAYS, closedDaysFile.to),
  plannedFrom: fileDate(CLOSED_DAYS, closedDaysFile.plannedFrom),
};

function statusOf(file: string, date: TradeDate, text: string): EntryStatus {
  const status = STATUSES.find((known) => known === text);
  if (status === undefined) throw ruleBookDefect(file, `${date} has the unknown status "${text}"`);
  if ((status === "fact") !== date < coverage.plannedFrom) {
    throw ruleBookDefect(file, `${date} is marked ${status}, but facts end before ${coverage.plannedFrom}`);
  }
  return status;
}

function isWeekend(date: TradeDate): boolean {
  const daysSince1970 = (kstMidnightUs(date) + KST_OFFSET_US) / DAY_US;
  // 1970-01-01 was a Thursday, so 0 is Saturday and 1 is Sunday.
  return (daysSince1970 + 5) % 7 < 2;
}

function readClosedDays(): Map<TradeDate, ClosedDay> {
  const sources = new Map(Object.entries(closedDaysFile.sources));
  const days = new Map<TradeDate, ClosedDay>();
  for (const entry of closedDaysFile.closed) {
    const date = fileDate(CLOSED_DAYS, entry.date);
    const source = sources.get(entry.source);
    if (source === undefined) throw ruleBookDefect(CLOSED_DAYS, `${date} names no known source`);
    if (days.has(date)) throw ruleBookDefect(CLOSED_DAYS, `${date} is listed twice`);
    if (isWeekend(date))
      throw ruleBookDefect(CLOSED_DAYS, `${date} is a weekend day; only weekdays are listed`);
    if (date < coverage.from || date > coverage.to) {
      throw ruleBookDefect(CLOSED_DAYS, `${date} lies outside ${coverage.from}..${coverage.to}`);
    }
    const status = statusOf(CLOSED_DAYS, date, entry.status ?? "fact");
    days.set(date, Object.freeze({ date, reason: entry.reason, source, status }));
  }
  return days;
}

const closedDays = readClosedDays();

function readSpecialHours(): Map<TradeDate, DayKind> {
  const kinds = new Map<TradeDate, DayKind>();
  for (const kind of ["late-open", "exam"] as const) {
    for (const entry of specialHoursFile[kind]) {
      const date = fileDate(SPECIAL_HOURS, entry.date);
      if (isWeekend(date) || closedDays.has(date)) {
        throw ruleBookDefect(SPECIAL_HOURS, `${date} is not a trading day`);
      }
      statusOf(SPECIAL_HOURS, date, entry.status ?? "fact");
      kinds.set(date, kind);
    }
  }
  return kinds;
}

const specialHours = readSpecialHours();

/** The dates the calendar knows, both ends included; from `plannedFrom` on it is the plan, not what happened. */
export function calendarCoverage(): { from: TradeDate; to: TradeDate; plannedFrom: TradeDate } {
  return { ...coverage };
}

/** Why a weekday has no trading; null on weekends and trading days. */
export function closedDay(date: TradeDate): ClosedDay | null {
  return closedDays.get(date) ?? null;
}

/** What kind of trading day a date is, null when closed. Throws RangeError outside `calendarCoverage()`. */
export function dayKind(date: TradeDate): DayKind | null {
  if (date < coverage.from || date > coverage.to) {
    throw new RangeError(
      `${date} is outside the trading calendar (${coverage.from}..${coverage.to}); docs/rule-book.md tells how to add a year`,
    );
  }
  if (isWeekend(date) || closedDays.has(date)) return null;
  return specialHours.get(date) ?? "normal";
}
