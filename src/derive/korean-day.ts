import {
  addDays,
  DAY_US,
  formatInstant,
  kstDateOf,
  kstMidnightUs,
  type TimeUs,
  type TradeDate,
  tradeDate,
} from "../record/index.ts";

/** A Korean date and the instants it spans, [start, end), as the database takes them. */
export interface KoreanDay {
  date: TradeDate;
  startUs: TimeUs;
  start: string;
  end: string;
  /** The calendar month it lies in, which is a partition of the ticks. */
  monthStart: string;
  monthEnd: string;
}

export function koreanDay(date: TradeDate): KoreanDay {
  const startUs = kstMidnightUs(date);
  const firstOfMonth = tradeDate(`${date.slice(0, 8)}01`);
  // The 32nd day of any month lies in the next one.
  const firstOfNext = tradeDate(`${addDays(firstOfMonth, 31).slice(0, 8)}01`);
  return {
    date,
    startUs,
    start: formatInstant(startUs),
    end: formatInstant((startUs + DAY_US) as TimeUs),
    monthStart: formatInstant(kstMidnightUs(firstOfMonth)),
    monthEnd: formatInstant(kstMidnightUs(firstOfNext)),
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
