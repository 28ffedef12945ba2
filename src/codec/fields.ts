import {
  ABSENT,
  PRICE_SCALE,
  type Price,
  priceFromNumber,
  type QualityFlag,
  type TimeUs,
} from "../record/index.ts";
import { parseInstant } from "./instant.ts";
import { describe, LINE_WARNING, type LineReport, refuse } from "./line-report.ts";

/** The widths of the columns these texts end in; a longer text would fail a whole batch there. */
export const TEXT_LIMIT = { sessionId: 50, venue: 8, schemaVersion: 10, reason: 100 } as const;

/** NUMERIC(15,4): eleven digits before the point, four behind. */
const LARGEST_PRICE = 999_999_999_999_999;
/** As many units as a double counts exactly; NUMERIC(20,4) holds more. */
const LARGEST_TRADED_VALUE = Number.MAX_SAFE_INTEGER * PRICE_SCALE;

const DECIMAL = /^[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
const SYMBOL = /^[0-9A-Za-z._-]{1,20}$/;
const UNPRINTABLE = /[\p{Cc}\p{Cs}]/u;

export const isMissing = (value: unknown): value is undefined | null => value === undefined || value === null;

function finiteNumber(value: unknown): number {
  if (typeof value === "number") return value;
  return typeof value === "string" && DECIMAL.test(value) ? Number(value) : Number.NaN;
}

/** An optional price; ABSENT when missing, null or refused. */
export function readPrice(report: LineReport, field: string, value: unknown): Price {
  return readTenThousandths(report, field, value, LARGEST_PRICE) as Price;
}

/**
 * An optional traded value in ten-thousandths of a currency unit. Whole units are exact as far as 14 trillion of
 * them, fractions of a unit as far as 100 billion.
 */
export function readTradedValue(report: LineReport, field: string, value: unknown): number {
  return readTenThousandths(report, field, value, LARGEST_TRADED_VALUE);
}

function readTenThousandths(report: LineReport, field: string, value: unknown, largest: number): number {
  if (isMissing(value)) return ABSENT;
  const units = finiteNumber(value);
  const scaled = priceFromNumber(units) + 0; // + 0 turns -0 into 0
  if (!(Math.abs(scaled) <= largest)) {
    refuse(report, field, "V-001", describe(value));
    return ABSENT;
  }
  // Division rounds correctly, so a number of at most four decimals comes back as the very double it was.
  if (scaled / PRICE_SCALE !== units) report.warnings |= LINE_WARNING.priceRounded;
  return scaled;
}

/** A price the record cannot do without. */
export function readRequiredPrice(report: LineReport, field: string, value: unknown): Price {
  if (isMissing(value)) refuse(report, field, "V-001", describe(undefined));
  return readPrice(report, field, value);
}

/** A finite number; ABSENT when refused. */
export function readNumber(report: LineReport, field: string, value: unknown): number {
  const number = finiteNumber(value);
  if (Number.isFinite(number)) return number;
  refuse(report, field, "V-001", describe(value));
  return ABSENT;
}

/** An optional whole number of shares, currency units or records; `10.0` counts as whole. */
export function readCount(report: LineReport, field: string, value: unknown): number {
  if (isMissing(value)) return ABSENT;
  const count = finiteNumber(value);
  if (Number.isSafeInteger(count)) return count + 0;
  refuse(report, field, "V-001", describe(value));
  return ABSENT;
}

/** An optional whole number from 0 to `largest`. */
export function readSmallCount(report: LineReport, field: string, value: unknown, largest: number): number {
  const count = readCount(report, field, value);
  if (count >= 0 && count <= largest) return count;
  if (!isMissing(value)) refuse(report, field, "V-001", describe(value));
  return ABSENT;
}

/** An optional text of at most `limit` characters, none of them a control character; "" when missing. */
export function readText(report: LineReport, field: string, value: unknown, limit: number): string {
  if (isMissing(value)) return "";
  if (typeof value === "string" && !UNPRINTABLE.test(value)) {
    if (value.length <= limit || [...value].length <= limit) return value;
  }
  refuse(report, field, "V-001", describe(value));
  return "";
}

export const isSymbol = (text: string): boolean => SYMBOL.test(text);

/** The required symbol. A number is refused: its leading zeros are gone. */
export function readSymbol(report: LineReport, field: string, value: unknown): string {
  if (typeof value === "string" && isSymbol(value)) return value;
  refuse(report, field, "V-001", describe(value ?? undefined));
  return "";
}

/** A required instant: missing is V-001, unreadable V-004. */
export function readInstant(report: LineReport, field: string, value: unknown): TimeUs {
  if (isMissing(value)) {
    refuse(report, field, "V-001", describe(undefined));
    return ABSENT as TimeUs;
  }
  const timeUs =
    typeof value === "string"
      ? parseInstant(value, (bit) => {
          report.warnings |= bit;
        })
      : (ABSENT as TimeUs);
  if (Number.isNaN(timeUs)) refuse(report, field, "V-004", describe(value));
  return timeUs;
}

export function readOptionalInstant(report: LineReport, field: string, value: unknown): TimeUs {
  return isMissing(value) ? (ABSENT as TimeUs) : readInstant(report, field, value);
}

export function qualityFlagOf(text: string): QualityFlag | undefined {
  return text === "normal" || text === "degraded" || text === "gap" ? text : undefined;
}

/** The collector's own verdict, `normal` when it gave none. */
export function readQualityFlag(report: LineReport, field: string, value: unknown): QualityFlag {
  if (isMissing(value)) return "normal";
  const flag = typeof value === "string" ? qualityFlagOf(value) : undefined;
  if (flag !== undefined) return flag;
  refuse(report, field, "V-001", describe(value));
  return "normal";
}

/** 0, 1 or 2; 0 when missing. */
export function readMitigationLevel(report: LineReport, field: string, value: unknown): number {
  return isMissing(value) ? 0 : readSmallCount(report, field, value, 2);
}
