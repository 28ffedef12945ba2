import { isTradeDate, type TradeDate } from "../record/index.ts";
import { ruleBookDefect } from "./rule-book-defect.ts";

/** Something in force from a date until the next one of its kind begins. */
export interface Dated {
  readonly from: TradeDate;
}

/** A date from a data file. Throws ObserverError OBS_RULE_BOOK_INVALID when it is not a day that exists. */
export function fileDate(file: string, text: string): TradeDate {
  if (!isTradeDate(text)) throw ruleBookDefect(file, `"${text}" is not a date (YYYY-MM-DD)`);
  return text;
}

/** The entries of a file as periods, earliest first. Throws ObserverError OBS_RULE_BOOK_INVALID when out of order. */
export function datedPeriods<Entry extends { from: string }>(
  file: string,
  entries: readonly Entry[],
): (Entry & Dated)[] {
  const periods = entries.map((entry) => ({ ...entry, from: fileDate(file, entry.from) }));
  for (const [i, period] of periods.entries()) {
    const before = periods[i - 1];
    if (before !== undefined && before.from >= period.from) {
      throw ruleBookDefect(
        file,
        `the period from ${period.from} does not follow the one from ${before.from}`,
      );
    }
  }
  return periods;
}

/** The period in force on a date, undefined before the first. */
export function inForce<Period extends Dated>(
  periods: readonly Period[],
  date: TradeDate,
): Period | undefined {
  for (let i = periods.length - 1; i >= 0; i--) {
    const period = periods[i];
    if (period !== undefined && period.from <= date) return period;
  }
  return undefined;
}

/** The period in force on a date. Throws RangeError before the first; `rule` says what was asked for. */
export function ruleInForce<Period extends Dated>(
  periods: readonly Period[],
  date: TradeDate,
  rule: string,
): Period {
  const period = inForce(periods, date);
  if (period === undefined) {
    throw new RangeError(
      `the rule book has no ${rule} for ${date}; it begins on ${periods[0]?.from ?? "no date"}`,
    );
  }
  return period;
}
