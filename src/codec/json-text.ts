import { formatInstant, formatPrice, type Price, type TimeUs } from "../record/index.ts";

// Each writes `,"name":value`, or nothing when the value is absent; objectOf drops the first comma.

export const textField = (name: string, text: string): string =>
  text === "" ? "" : `,"${name}":${JSON.stringify(text)}`;

export const instantField = (name: string, timeUs: TimeUs): string =>
  Number.isNaN(timeUs) ? "" : `,"${name}":"${formatInstant(timeUs)}"`;

/** Decimal digits, never an exponent: what was exact stays exact. */
export const decimalField = (name: string, tenThousandths: number): string =>
  Number.isNaN(tenThousandths) ? "" : `,"${name}":${formatPrice(tenThousandths as Price)}`;

export const countField = (name: string, count: number): string =>
  Number.isNaN(count) ? "" : `,"${name}":${count}`;

export const objectOf = (...fields: readonly string[]): string => `{${fields.join("").slice(1)}}`;
