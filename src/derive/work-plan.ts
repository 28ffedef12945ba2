import type { TradeDate } from "../record/index.ts";
import type { DueFile, MetHole } from "./due-files.ts";
import { koreanDaysBetween } from "./korean-day.ts";

/** What is to be done for one Korean date. */
export interface DayWork {
  date: TradeDate;
  /** Files with records on this date. */
  files: DueFile[];
  /** Recorded holes to look at again, whatever the files bring. */
  holes: MetHole[];
  /** Files whose last date this is: with it, their work is done. */
  completes: DueFile[];
}

export interface WorkPlan {
  /** In order of date. */
  days: DayWork[];
  /** Files nothing depends on. */
  idle: DueFile[];
}

/** Spreads files over the dates they touch. A ledger of gaps touches the dates of the holes it meets. */
export function planWork(files: readonly DueFile[], holes: readonly MetHole[]): WorkPlan {
  const byDate = new Map<TradeDate, DayWork>();
  const dayOf = (date: TradeDate): DayWork => {
    const known = byDate.get(date);
    if (known !== undefined) return known;
    const day: DayWork = { date, files: [], holes: [], completes: [] };
    byDate.set(date, day);
    return day;
  };
  const idle: DueFile[] = [];
  for (const hole of holes) dayOf(hole.tradeDate).holes.push(hole);
  const lastHole = holes.map((hole) => hole.tradeDate).reduce<TradeDate | undefined>(later, undefined);
  for (const file of files) {
    const dates = datesOf(file);
    for (const date of dates) dayOf(date).files.push(file);
    const last = file.dataset === "gap" ? lastHole : dates.at(-1);
    if (last === undefined) idle.push(file);
    else dayOf(last).completes.push(file);
  }
  return { days: [...byDate.values()].sort((a, b) => (a.date < b.date ? -1 : 1)), idle };
}

function later(latest: TradeDate | undefined, date: TradeDate): TradeDate {
  return latest === undefined || date > latest ? date : latest;
}

function datesOf(file: DueFile): TradeDate[] {
  if (file.span === null || file.dataset === "gap" || file.dataset === "daily") return [];
  return koreanDaysBetween(file.span.firstUs, file.span.lastUs);
}
