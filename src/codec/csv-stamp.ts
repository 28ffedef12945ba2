import { ABSENT, DAY_US, MINUTE_US, SECOND_US, type TimeUs } from "../record/index.ts";
import { civilDay, clockSeconds, parseInstant } from "./instant.ts";
import { describe, type LineReport, refuse } from "./line-report.ts";
import type { ZoneClock } from "./zone-clock.ts";

const DATE = /^(\d{4})([-/.]?)(\d{2})\2(\d{2})$/;
const TIME_WITH_COLONS = /^(\d{1,2}):(\d{2})(?::(\d{2}))?$/;
const TIME_OF_DIGITS = /^\d{3,6}$/;

/** Days since 1970-01-01; NaN when the text is no date. */
function parseDate(text: string): number {
  const match = DATE.exec(text);
  return match === null ? Number.NaN : civilDay(Number(match[1]), Number(match[3]), Number(match[4]));
}

/** Seconds since midnight; NaN when the text is no time of day. */
function parseTime(text: string): number {
  const colons = TIME_WITH_COLONS.exec(text);
  if (colons !== null) return clockSeconds(Number(colons[1]), Number(colons[2]), Number(colons[3] ?? 0));
  if (!TIME_OF_DIGITS.test(text)) return Number.NaN;
  // 900 and 0900 are hours and minutes, 90000 and 090000 have seconds.
  const digits = text.length <= 4 ? `${text.padStart(4, "0")}00` : text.padStart(6, "0");
  return clockSeconds(Number(digits.slice(0, 2)), Number(digits.slice(2, 4)), Number(digits.slice(4)));
}

/** The instant of a local date and time. `time` undefined means midnight. NaN, with the fault reported, when there is none. */
export function readDateTime(
  report: LineReport,
  names: { date: string; time: string },
  date: string,
  time: string | undefined,
  clock: ZoneClock,
): TimeUs {
  const day = parseDate(date);
  if (Number.isNaN(day))
    refuse(report, names.date, date === "" ? "V-001" : "V-004", describe(date || undefined));
  const second = time === undefined ? 0 : parseTime(time);
  if (Number.isNaN(second))
    refuse(report, names.time, time === "" ? "V-001" : "V-004", describe(time || undefined));
  const timeUs = clock.toUtcUs(day * DAY_US + second * SECOND_US);
  if (Number.isNaN(timeUs))
    refuse(report, names.time, "V-004", describe(`${date} ${time}`, "skipped by the clocks: "));
  return timeUs as TimeUs;
}

/** The instant in a timestamp column; without an offset it is the time of `clock`. */
export function readTimestamp(report: LineReport, name: string, text: string, clock: ZoneClock): TimeUs {
  if (text === "") {
    refuse(report, name, "V-001", describe(undefined));
    return ABSENT as TimeUs;
  }
  const warn = (bit: number) => {
    report.warnings |= bit;
  };
  const timeUs = parseInstant(text, warn, clock);
  if (Number.isNaN(timeUs)) refuse(report, name, "V-004", describe(text));
  return timeUs;
}

/** Bars start on whole minutes; a stamp between them belongs to a bar still in the making. */
export function isWholeMinute(timeUs: TimeUs): boolean {
  return timeUs % MINUTE_US === 0;
}
