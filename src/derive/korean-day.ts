import {
  addDays,
  DAY_US,
  formatInstant,
  kstDateOf,
  kstMidnightUs,
  type TimeUs,
  type TradeDate,
} from "../record/index.ts";

/** A Korean date and the instants it spans, [start, end), as the database takes them. */
export interface KoreanDay {
  date: TradeDate;
  startUs: TimeUs;
  start: string;
  end: string;
}

export function koreanDay(date: TradeDate): KoreanDay {
  const startUs = kstMidnightUs(date);
  return {
    date,
    startUs,
    start: formatInstant(startUs),
    end: formatInstant((startUs + DAY_US) as TimeUs),
  };
}

/** Every Korean date that a stretch of time touches, both ends included. */
export function koreanDaysBetween(firstUs: TimeUs, lastUs: TimeUs): TradeDate[] {
  return datesBetween(kstDateOf(firstUs), kstDateOf(lastUs));
}

/** Every date from `from` to `to`, both included. */
export function datesBetween(from: TradeDate, to: TradeDate): TradeDate[] {
  const dates: TradeDate[] = [];
  for (let date = from; date <= to; date = addDays(date, 1)) dates.push(date);
  return dates;
}
