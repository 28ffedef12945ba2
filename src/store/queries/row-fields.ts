import { ObserverError } from "../../errors/index.ts";
import { isTradeDate, PRICE_SCALE, type Price, type TimeUs, type TradeDate } from "../../record/index.ts";
import { numericToScaled } from "../wire-types.ts";

/** A row as the driver delivers it, before anything is known about its fields. */
export type DatabaseRow = Readonly<Record<string, unknown>>;

/**
 * Money in ten-thousandths of a currency unit. NUMERIC(20,4) does not fit a double: 2^53 ten-thousandths are
 * 900 billion won, which a traded value can pass.
 */
export type Amount = bigint & { readonly __unit: "Amount" };

function unreadable(row: DatabaseRow, column: string, expected: string): never {
  const found = column in row ? `${typeof row[column]} ${String(row[column])}` : "no such column";
  throw new ObserverError(
    "OBS_QUERY_FAILED",
    `column ${column}: expected ${expected}, found ${found}`,
    'the schema is not the one this version of Observer knows; run "observer db migrate".',
  );
}

/** Reads a column that may be NULL with a reader for one that may not. */
export function orNull<Value>(
  read: (row: DatabaseRow, column: string) => Value,
  row: DatabaseRow,
  column: string,
): Value | null {
  return row[column] === null ? null : read(row, column);
}

export function text(row: DatabaseRow, column: string): string {
  const value = row[column];
  return typeof value === "string" ? value : unreadable(row, column, "text");
}

export function flag(row: DatabaseRow, column: string): boolean {
  const value = row[column];
  return typeof value === "boolean" ? value : unreadable(row, column, "true or false");
}

/** A whole number up to 2^53. */
export function whole(row: DatabaseRow, column: string): number {
  const value = row[column];
  return Number.isSafeInteger(value) ? Number(value) : unreadable(row, column, "a whole number within 2^53");
}

/** DOUBLE PRECISION or REAL. */
export function double(row: DatabaseRow, column: string): number {
  const value = row[column];
  return typeof value === "number" ? value : unreadable(row, column, "a floating point number");
}

export function instant(row: DatabaseRow, column: string): TimeUs {
  const value = row[column];
  return Number.isSafeInteger(value) ? (value as TimeUs) : unreadable(row, column, "an instant");
}

export function date(row: DatabaseRow, column: string): TradeDate {
  const value = row[column];
  return typeof value === "string" && isTradeDate(value) ? value : unreadable(row, column, "a date");
}

/** NUMERIC(15,4), exactly. */
export function price(row: DatabaseRow, column: string): Price {
  const value = row[column];
  const scaled = typeof value === "string" ? numericToScaled(value) : Number.NaN;
  return Number.isSafeInteger(scaled) ? (scaled as Price) : unreadable(row, column, "a price");
}

/** NUMERIC(20,4), exactly. */
export function amount(row: DatabaseRow, column: string): Amount {
  const value = row[column];
  const match = typeof value === "string" ? /^(-?)(\d+)(?:\.(\d{1,4}))?$/.exec(value) : null;
  if (match === null) return unreadable(row, column, "an amount of money");
  const [, sign, units = "0", fraction = ""] = match;
  const magnitude = BigInt(units) * BigInt(PRICE_SCALE) + BigInt(fraction.padEnd(4, "0"));
  return (sign === "-" ? -magnitude : magnitude) as Amount;
}

/** NUMERIC of a ratio or statistic, for which a double is precise enough. */
export function decimal(row: DatabaseRow, column: string): number {
  const value = row[column];
  const number = typeof value === "string" && value !== "" ? Number(value) : Number.NaN;
  return Number.isNaN(number) && value !== "NaN" ? unreadable(row, column, "a decimal number") : number;
}
