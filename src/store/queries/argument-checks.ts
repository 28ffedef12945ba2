import { ObserverError } from "../../errors/index.ts";
import {
  addDays,
  formatInstant,
  isTradeDate,
  kstMidnightUs,
  type TimeUs,
  type TradeDate,
} from "../../record/index.ts";

export const MAX_LIMIT = 10_000;
/** As many codes as any market lists, several times over; a longer list is a mistake. */
const MAX_SYMBOLS = 10_000;
const SYMBOL_SHAPE = /^[0-9A-Z]{1,20}$/;
/** The range of PostgreSQL's BIGINT. */
const MAX_ID = 9_223_372_036_854_775_807n;

function refuse(message: string, mend: string): never {
  throw new ObserverError("OBS_ARGUMENT_INVALID", message, mend);
}

const shown = (value: unknown) => (typeof value === "string" ? JSON.stringify(value) : String(value));

export function checkSymbol(symbol: string): string {
  if (typeof symbol === "string" && SYMBOL_SHAPE.test(symbol)) return symbol;
  return refuse(
    `not a symbol: ${shown(symbol)}`,
    'use the exchange\'s code: 1 to 20 of 0-9 and A-Z, such as "005930".',
  );
}

/** Checks each symbol; null stands for all of them. An empty list is refused: it would read as "all" or as "none". */
export function checkSymbols(symbols: readonly string[] | undefined): readonly string[] | null {
  if (symbols === undefined) return null;
  if (symbols.length === 0)
    refuse("the list of symbols is empty", "name at least one, or leave the list out for all.");
  if (symbols.length > MAX_SYMBOLS)
    refuse(
      `${symbols.length} symbols are too many`,
      `name at most ${MAX_SYMBOLS}, or leave the list out for all.`,
    );
  return symbols.map(checkSymbol);
}

export function checkLimit(limit: number): number {
  if (Number.isInteger(limit) && limit >= 1 && limit <= MAX_LIMIT) return limit;
  return refuse(
    `limit ${shown(limit)} is not a whole number from 1 to ${MAX_LIMIT}`,
    "ask for less and follow nextCursor, or use a stream or the columns for large ranges.",
  );
}

/** A number of minutes up to a week. */
export function checkMinutes(name: string, minutes: number): number {
  if (Number.isInteger(minutes) && minutes >= 1 && minutes <= 10_080) return minutes;
  return refuse(
    `${name} ${shown(minutes)} is not a whole number of minutes`,
    "use one that was computed, such as 60.",
  );
}

export function checkInstant(name: string, timeUs: TimeUs): TimeUs {
  if (Number.isSafeInteger(timeUs)) return timeUs;
  return refuse(`${name} ${shown(timeUs)} is not an instant`, "pass whole microseconds since 1970 UTC.");
}

/** A stretch of time, `start` included, `end` not; both as text that PostgreSQL reads exactly. */
export interface InstantRange {
  start: string;
  end: string;
  /** The last instant before `start`: the key to go on from when nothing has been read. */
  justBefore: string;
}

export function checkRange(startUs: TimeUs, endUs: TimeUs): InstantRange {
  checkInstant("start", startUs);
  checkInstant("end", endUs);
  if (startUs >= endUs)
    refuse(
      `start ${formatInstant(startUs)} is not before end ${formatInstant(endUs)}`,
      "the end is not part of a range; it must lie after the start.",
    );
  const justBefore = (startUs - 1) as TimeUs;
  return { start: formatInstant(startUs), end: formatInstant(endUs), justBefore: formatInstant(justBefore) };
}

function checkDate(name: string, date: string): TradeDate {
  if (typeof date === "string" && isTradeDate(date)) return date;
  return refuse(`${name} ${shown(date)} is not a date`, "use a day that exists, as YYYY-MM-DD.");
}

/** Korean dates, both included, as the stretch from 00:00 KST of the first to 00:00 KST after the last. */
export function checkDates(
  startDate: string,
  endDate: string,
): InstantRange & { days: readonly TradeDate[] } {
  const first = checkDate("start date", startDate);
  const last = checkDate("end date", endDate);
  if (first > last) refuse(`start date ${first} is after end date ${last}`, "put the earlier date first.");
  return { ...checkRange(kstMidnightUs(first), kstMidnightUs(addDays(last, 1))), days: [first, last] };
}

export function checkChoice<Choice extends string>(
  name: string,
  value: string,
  choices: readonly Choice[],
): Choice {
  for (const choice of choices) if (choice === value) return choice;
  return refuse(`${name} ${shown(value)} is unknown`, `use one of ${choices.join(", ")}.`);
}

/** Text that names something in the database, such as a path: not empty, and without NUL, which PostgreSQL cannot hold. */
export function checkText(name: string, value: string): string {
  if (typeof value === "string" && value !== "" && !value.includes("\0")) return value;
  return refuse(
    `${name} ${shown(value)} is empty or not text`,
    `pass the ${name} as another query returned it.`,
  );
}

/** A positive row number as the database made it. */
export function checkId(name: string, id: number | bigint): string {
  const whole = typeof id === "bigint" || Number.isSafeInteger(id);
  if (whole && id > 0 && id <= MAX_ID) return String(id);
  return refuse(
    `${name} ${shown(id)} is not the number of a row`,
    "use the number as another query returned it.",
  );
}
