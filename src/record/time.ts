/** Microseconds since 1970 UTC. Exact in a JS number until 2255; nanoseconds are not. */
export type TimeUs = number & { readonly __unit: "TimeUs" };

/** A Korean trading date, `YYYY-MM-DD`, in KST. */
export type TradeDate = string & { readonly __unit: "TradeDate" };

export const SECOND_US = 1_000_000;
export const MINUTE_US = 60 * SECOND_US;
export const DAY_US = 24 * 60 * MINUTE_US;
/** KST is UTC+9 all year; Korea has had no daylight saving since 1988. */
export const KST_OFFSET_US = 9 * 60 * MINUTE_US;

/** Days from 1970-01-01 to a civil date (proleptic Gregorian). Source: Howard Hinnant, "chrono-compatible low-level date algorithms". */
export function daysSinceEpoch(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

const twoDigits = (n: number) => (n < 10 ? `0${n}` : `${n}`);

function civilOfDays(days: number): TradeDate {
  const z = days + 719_468;
  const era = Math.floor(z / 146_097);
  const dayOfEra = z - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const mp = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * mp + 2) / 5) + 1;
  const month = mp < 10 ? mp + 3 : mp - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return `${String(year).padStart(4, "0")}-${twoDigits(month)}-${twoDigits(day)}` as TradeDate;
}

/** `YYYY-MM-DD` and a day that exists. */
export function isTradeDate(text: string): text is TradeDate {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (match === null) return false;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  return month >= 1 && month <= 12 && day >= 1 && civilOfDays(daysSinceEpoch(year, month, day)) === text;
}

/** Checks and brands a date text. Throws RangeError on anything that is not a real `YYYY-MM-DD`. */
export function tradeDate(text: string): TradeDate {
  if (!isTradeDate(text)) throw new RangeError(`not a date (YYYY-MM-DD): ${text}`);
  return text;
}

/** The KST calendar date of an instant. */
export function kstDateOf(timeUs: TimeUs): TradeDate {
  return civilOfDays(Math.floor((timeUs + KST_OFFSET_US) / DAY_US));
}

/** The instant of 00:00 KST on a date. */
export function kstMidnightUs(date: TradeDate): TimeUs {
  const days = daysSinceEpoch(Number(date.slice(0, 4)), Number(date.slice(5, 7)), Number(date.slice(8, 10)));
  return (days * DAY_US - KST_OFFSET_US) as TimeUs;
}

/** The date `days` calendar days later (earlier when negative). */
export function addDays(date: TradeDate, days: number): TradeDate {
  return civilOfDays(
    daysSinceEpoch(Number(date.slice(0, 4)), Number(date.slice(5, 7)), Number(date.slice(8, 10))) + days,
  );
}

function clock(timeOfDayUs: number): string {
  const us = timeOfDayUs % SECOND_US;
  const seconds = (timeOfDayUs - us) / SECOND_US;
  const hms = `${twoDigits(Math.floor(seconds / 3600))}:${twoDigits(Math.floor(seconds / 60) % 60)}:${twoDigits(seconds % 60)}`;
  const fraction = us % 1000 === 0 ? String(us / 1000).padStart(3, "0") : String(us).padStart(6, "0");
  return `${hms}.${fraction}`;
}

/** ISO 8601 in UTC, `2026-01-22T00:31:05.120Z`; microseconds only where there are any. */
export function formatInstant(timeUs: TimeUs): string {
  const day = Math.floor(timeUs / DAY_US);
  return `${civilOfDays(day)}T${clock(timeUs - day * DAY_US)}Z`;
}

/** ISO 8601 in Korean time, `2026-01-22T09:31:05.120+09:00`. */
export function formatKst(timeUs: TimeUs): string {
  const local = timeUs + KST_OFFSET_US;
  const day = Math.floor(local / DAY_US);
  return `${civilOfDays(day)}T${clock(local - day * DAY_US)}+09:00`;
}
