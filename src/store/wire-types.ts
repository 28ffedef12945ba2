import pg from "pg";
import { DAY_US, daysSinceEpoch, SECOND_US, type TimeUs } from "../record/index.ts";

/**
 * How values leave the database: instants as µs, NUMERIC as decimal text (exact), BIGINT as a number where it
 * is exact, DATE as `YYYY-MM-DD`. One table for every connection of ours, so no query meets a rounded value.
 */
const PARSERS: ReadonlyMap<number, (text: string) => unknown> = new Map<number, (text: string) => unknown>([
  [pg.types.builtins.INT8, exactInteger],
  [pg.types.builtins.TIMESTAMPTZ, timestampToUs],
  [pg.types.builtins.DATE, (text) => text],
  [pg.types.builtins.NUMERIC, (text) => text],
]);

export const wireTypes: pg.CustomTypesConfig = {
  getTypeParser(oid: number, format?: "text" | "binary") {
    const ours = format === "binary" ? undefined : PARSERS.get(oid);
    return ours ?? pg.types.getTypeParser(oid, format as "text");
  },
};

/** BIGINT text to a number; beyond 2^53 a bigint, never a rounded number. */
function exactInteger(text: string): number | bigint {
  const value = Number(text);
  return Number.isSafeInteger(value) ? value : BigInt(text);
}

/** `2026-01-22 00:31:05.12+00` (ISO DateStyle) to µs; NaN for ±infinity. */
export function timestampToUs(text: string): TimeUs {
  const match = /^(\d{4,})-(\d\d)-(\d\d) (\d\d):(\d\d):(\d\d)(?:\.(\d{1,6}))?([+-])(\d\d)(?::?(\d\d))?$/.exec(
    text,
  );
  if (match === null) return Number.NaN as TimeUs;
  const [, year, month, day, hour, minute, second, fraction = "", sign, offsetHours, offsetMinutes = "0"] =
    match;
  const days = daysSinceEpoch(Number(year), Number(month), Number(day));
  const offsetSeconds = (Number(offsetHours) * 60 + Number(offsetMinutes)) * 60 * (sign === "-" ? -1 : 1);
  const seconds = Number(hour) * 3600 + Number(minute) * 60 + Number(second) - offsetSeconds;
  return (days * DAY_US + seconds * SECOND_US + Number(fraction.padEnd(6, "0"))) as TimeUs;
}

const ZERO = 48;
const POINT = 46;
const MINUS = 45;

/** NUMERIC text with up to four decimals to ten-thousandths, exactly; NaN for anything else (NaN, infinity). */
export function numericToScaled(text: string): number {
  let scaled = 0;
  let decimals = -1;
  const negative = text.charCodeAt(0) === MINUS;
  for (let i = negative ? 1 : 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === POINT) {
      decimals = 0;
      continue;
    }
    const digit = code - ZERO;
    if (digit < 0 || digit > 9) return Number.NaN;
    if (decimals >= 4) {
      if (digit !== 0) return Number.NaN;
      continue;
    }
    scaled = scaled * 10 + digit;
    if (decimals >= 0) decimals++;
  }
  for (let missing = Math.max(0, decimals); missing < 4; missing++) scaled *= 10;
  return negative ? -scaled : scaled;
}
