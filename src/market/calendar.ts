import type { TradeDate } from "../record/index.ts";
import { type CalendarCoverage, type ClosedDay, isWeekend, readClosedDays, statusOf } from "./closed-days.ts";
import closedDaysFile from "./data/closed-days.json" with { type: "json" };
import specialHoursFile from "./data/special-hours.json" with { type: "json" };
import { fileDate } from "./dated-periods.ts";
import { ruleBookDefect } from "./rule-book-defect.ts";

export type DayKind = "normal" | "late-open" | "exam";

const { coverage, closedDays } = readClosedDays(closedDaysFile);

function readSpecialHours(): ReadonlyMap<TradeDate, DayKind> {
  const file = "special-hours.json";
  const kinds = new Map<TradeDate, DayKind>();
  for (const kind of ["late-open", "exam"] as const) {
    for (const entry of specialHoursFile[kind]) {
      const date = fileDate(file, entry.date);
      if (isWeekend(date) || closedDays.has(date)) throw ruleBookDefect(file, `${date} is not a trading day`);
      statusOf(file, date, entry.status, coverage.plannedFrom);
      kinds.set(date, kind);
    }
  }
  return kinds;
}

const specialHours = readSpecialHours();

export function calendarCoverage(): CalendarCoverage {
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
