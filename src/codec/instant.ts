import { daysSinceEpoch, MINUTE_US, SECOND_US, type TimeUs } from "../record/index.ts";
import { LINE_WARNING } from "./line-report.ts";
import { KOREAN_TIME, type ZoneClock } from "./zone-clock.ts";

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

/** Seconds since midnight, or NaN when no clock shows that; there is no hour 24 and no second 60. */
export function clockSeconds(hour: number, minute: number, second: number): number {
  return hour > 23 || minute > 59 || second > 59 ? Number.NaN : hour * 3600 + minute * 60 + second;
}

/** Microseconds of a UTC offset, or NaN when no place on earth uses one so large. */
export function offsetUs(sign: number, hours: number, minutes: number): number {
  return hours > 15 || minutes > 59 ? Number.NaN : sign * (hours * 60 + minutes) * MINUTE_US;
}

/**
 * Reads an ISO 8601 instant: `T` or space, up to nine fractional digits (cut to microseconds), `Z`, `±HH:MM`,
 * `±HHMM` or `±HH`. Without a zone it is the time of `clock`, or Korean time with a warning when there is no clock.
 * Returns NaN for anything else, including dates that do not exist, hour 24 and leap seconds;
 * `warn` receives the LINE_WARNING bits of what was assumed.
 */
export function parseInstant(text: string, warn: (bit: number) => void, clock?: ZoneClock): TimeUs {
  const match = ISO_8601.exec(text);
  if (match === null) return Number.NaN as TimeUs;
  const day = civilDay(Number(match[1]), Number(match[2]), Number(match[3]));
  const secondOfDay = clockSeconds(Number(match[4]), Number(match[5]), Number(match[6]));
  const fraction = match[7] ?? "";
  const localUs = (day * 86_400 + secondOfDay) * SECOND_US + Number(fraction.slice(0, 6).padEnd(6, "0"));
  const zone = match[8];
  let timeUs: number;
  if (zone === undefined) timeUs = (clock ?? KOREAN_TIME).toUtcUs(localUs);
  else if (zone === "Z") timeUs = localUs;
  else timeUs = localUs - offsetUs(match[9] === "-" ? -1 : 1, Number(match[10]), Number(match[11] ?? 0));
  if (Number.isNaN(timeUs)) return Number.NaN as TimeUs;
  if (zone === undefined && clock === undefined) warn(LINE_WARNING.zoneAssumed);
  if (fraction.length > 6) warn(LINE_WARNING.instantCut);
  return timeUs as TimeUs;
}
