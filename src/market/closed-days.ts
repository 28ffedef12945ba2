import { DAY_US, KST_OFFSET_US, kstMidnightUs, type TradeDate } from "../record/index.ts";
import { fileDate } from "./dated-periods.ts";
import { ruleBookDefect } from "./rule-book-defect.ts";

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

/** The dates a calendar knows, both ends included; from `plannedFrom` on it is the plan, not what happened. */
export interface CalendarCoverage {
  from: TradeDate;
  to: TradeDate;
  plannedFrom: TradeDate;
}

/** The shape of `closed-days.json`; `source` is a key of `sources`. */
interface ClosedDaysFile {
  from: string;
  to: string;
  plannedFrom: string;
  sources: Readonly<Record<string, string>>;
  closed: readonly { date: string; reason: string; source: string; status?: string | undefined }[];
}

const FILE = "closed-days.json";
const STATUSES: readonly EntryStatus[] = ["fact", "planned", "unsure"];

export function isWeekend(date: TradeDate): boolean {
  const daysSince1970 = (kstMidnightUs(date) + KST_OFFSET_US) / DAY_US;
  // 1970-01-01 was a Thursday, so 0 is Saturday and 1 is Sunday.
  return (daysSince1970 + 5) % 7 < 2;
}

/** The status of an entry, "fact" unless marked. Throws ObserverError OBS_RULE_BOOK_INVALID when its date belies it. */
export function statusOf(
  file: string,
  date: TradeDate,
  marked: string | undefined,
  plannedFrom: TradeDate,
): EntryStatus {
  const status = STATUSES.find((known) => known === (marked ?? "fact"));
  if (status === undefined) throw ruleBookDefect(file, `${date} has the unknown status "${marked}"`);
  if ((status === "fact") !== date < plannedFrom) {
    throw ruleBookDefect(file, `${date} is marked ${status}, but the plan begins on ${plannedFrom}`);
  }
  return status;
}

/** The closed weekdays by date. Throws ObserverError OBS_RULE_BOOK_INVALID, naming the entry. */
export function readClosedDays(file: ClosedDaysFile): {
  coverage: CalendarCoverage;
  closedDays: ReadonlyMap<TradeDate, ClosedDay>;
} {
  const coverage = {
    from: fileDate(FILE, file.from),
    to: fileDate(FILE, file.to),
    plannedFrom: fileDate(FILE, file.plannedFrom),
  };
  const closedDays = new Map<TradeDate, ClosedDay>();
  for (const { date: text, reason, source: key, status } of file.closed) {
    const date = fileDate(FILE, text);
    const source = file.sources[key];
    if (source === undefined) throw ruleBookDefect(FILE, `${date} names the unknown source "${key}"`);
    if (closedDays.has(date)) throw ruleBookDefect(FILE, `${date} is listed twice`);
    if (isWeekend(date)) throw ruleBookDefect(FILE, `${date} is a weekend day`);
    if (date < coverage.from || date > coverage.to) {
      throw ruleBookDefect(FILE, `${date} lies outside ${coverage.from}..${coverage.to}`);
    }
    closedDays.set(
      date,
      Object.freeze({ date, reason, source, status: statusOf(FILE, date, status, coverage.plannedFrom) }),
    );
  }
  return { coverage, closedDays };
}
