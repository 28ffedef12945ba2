import { daysSinceEpoch, KST_OFFSET_US, MINUTE_US, SECOND_US, type TimeUs } from "../record/index.ts";
import { LINE_WARNING } from "./line-report.ts";

const ISO_8601 =
  /^(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,9}))?(Z|([+-])(\d{2})(?::?(\d{2}))?)?$/;

const DAYS_IN_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/**
 * Days since 1970-01-01 of a calendar date, or NaN when there is no such date or its microseconds would not be
 * exact in a double (years before 1970 and after 2254).
 */
export function civilDay(year: number, month: number, day: number): number {
  if (year < 1970 || year > 2254 || month < 1 || month > 12 || day < 1) return Number.NaN;
  const leapDay = month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 1 : 0;
  if (day > DAYS_IN_MONTH[month - 1]! + leapDay) return Number.NaN;
  return daysSinceEpoch(year, month, day);
}

/** Microseconds of a UTC offset, or NaN when no place on earth uses one so large. */
export function offsetUs(sign: number, hours: number, minutes: number): number {
  return hours > 15 || minutes > 59 ? Number.NaN : sign * (hours * 60 + minutes) * MINUTE_US;
}

/**
 * Reads an ISO 8601 instant: `T` or space, up to nine fractional digits (cut to microseconds), `Z`, `±HH:MM`,
 * `±HHMM` or `±HH`; without a zone it is Korean time.
 * Returns NaN for anything else, including dates that do not exist, hour 24 and leap seconds;
 * `warn` receives the LINE_WARNING bits of what was assumed.
 */
export function parseInstant(text: string, warn: (bit: number) => void): TimeUs {
  const match = ISO_8601.exec(text);
  if (match === null) return Number.NaN as TimeUs;
  const day = civilDay(Number(match[1]), Number(match[2]), Number(match[3]));
  const [hour, minute, second] = [Number(match[4]), Number(match[5]), Number(match[6])];
  if (hour > 23 || minute > 59 || second > 59) return Number.NaN as TimeUs;
  const fraction = match[7] ?? "";
  let zoneUs = KST_OFFSET_US;
  if (match[8] === "Z") zoneUs = 0;
  else if (match[8] !== undefined)
    zoneUs = offsetUs(match[9] === "-" ? -1 : 1, Number(match[10]), Number(match[11] ?? 0));
  const seconds = day * 86_400 + hour * 3600 + minute * 60 + second;
  const timeUs = seconds * SECOND_US + Number(fraction.slice(0, 6).padEnd(6, "0")) - zoneUs;
  if (Number.isNaN(timeUs)) return Number.NaN as TimeUs;
  if (match[8] === undefined) warn(LINE_WARNING.zoneAssumed);
  if (fraction.length > 6) warn(LINE_WARNING.instantCut);
  return timeUs as TimeUs;
}
