import { ABSENT, SECOND_US } from "../record/index.ts";
import type { ByteInterner } from "./byte-interner.ts";
import { civilDay, offsetUs } from "./instant.ts";

const NOT_AN_INTEGER = -1;
/** Above every year, hour and offset there is, also when it is multiplied by 100 or added to. */
const NO_DIGITS = 1000;

const QUOTE = 0x22;
const PLUS = 0x2b;
const MINUS = 0x2d;
const POINT = 0x2e;
const ZERO = 0x30;
const COLON = 0x3a;
const LETTER_T = 0x54;
const LETTER_Z = 0x5a;
const BACKSLASH = 0x5c;
const SPACE = 0x20;
const COMMA = 0x2c;
const CLOSE = 0x7d;
const DELETE = 0x7f;
const NULL = Buffer.from("null");

const FNV_OFFSET = 0x811c9dc5 | 0;
const FNV_PRIME = 0x01000193;

/** What the last digit of a fraction of so many digits is worth: in ten-thousandths, in microseconds. */
const PRICE_FRACTION = [ABSENT, 1000, 100, 10, 1];
const MICROSECOND_FRACTION = [ABSENT, 100_000, 10_000, 1000, 100, 10, 1];

/** Two decimal digits as a number; anything else gives one that no part of an instant reaches. */
function twoDigits(bytes: Buffer, at: number): number {
  const tens = bytes[at]! - ZERO;
  const ones = bytes[at + 1]! - ZERO;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : NO_DIGITS;
}

/** Whether quote, dashes, separator and colons of an instant stand in their places. */
function isLayout(bytes: Buffer, from: number): boolean {
  const separator = bytes[from + 11];
  return (
    bytes[from] === QUOTE &&
    bytes[from + 5] === MINUS &&
    bytes[from + 8] === MINUS &&
    (separator === LETTER_T || separator === SPACE) &&
    bytes[from + 14] === COLON &&
    bytes[from + 17] === COLON
  );
}

/**
 * Reads the plain forms of JSON values off bytes without making anything of them on the way: unsigned numbers,
 * instants with a zone, ASCII texts without escapes, null. Everything else sets `irregular` and is somebody else's.
 * The caller makes sure that `}` stands at `last`, which no plain value contains, so that scans stop in time.
 */
export class ByteScanner {
  /** Just behind the value read last. */
  at = 0;
  /** Set by the first value that is not plain, until the caller clears it. */
  irregular = false;
  /** The calendar date met last and its day: the lines of a file share it. */
  #date = 0;
  #day = ABSENT;

  /** A price in ten-thousandths (at most eleven digits and four decimals), ABSENT for null. */
  price(bytes: Buffer, from: number): number {
    const whole = this.#integer(bytes, from, 11);
    if (whole < 0) return this.#nothing(bytes, from);
    if (bytes[this.at] !== POINT) return this.#endOfNumber(bytes, whole * 10_000);
    const pointAt = this.at;
    const fraction = this.#digits(bytes, pointAt + 1);
    const decimals = this.at - pointAt - 1;
    if (decimals < 1 || decimals > 4) return this.#fail();
    return this.#endOfNumber(bytes, whole * 10_000 + fraction * PRICE_FRACTION[decimals]!);
  }

  /** A whole number of at most fifteen digits, `10.0` included, ABSENT for null. */
  count(bytes: Buffer, from: number): number {
    const count = this.#integer(bytes, from, 15);
    if (count < 0) return this.#nothing(bytes, from);
    if (bytes[this.at] === POINT) {
      const pointAt = this.at;
      if (this.#digits(bytes, pointAt + 1) !== 0 || this.at === pointAt + 1) return this.#fail();
    }
    return this.#endOfNumber(bytes, count);
  }

  /** An instant in microseconds: `"YYYY-MM-DDTHH:MM:SS[.f{1,6}](Z|±HH:MM)"`. */
  instant(bytes: Buffer, from: number, last: number): number {
    // Two quotes, date, separator, time and Z are 22 bytes; `}` at `last` is one more.
    if (from + 22 > last || !isLayout(bytes, from)) return this.#fail();
    const year = twoDigits(bytes, from + 1) * 100 + twoDigits(bytes, from + 3);
    const month = twoDigits(bytes, from + 6);
    const dayOfMonth = twoDigits(bytes, from + 9);
    const hour = twoDigits(bytes, from + 12);
    const minute = twoDigits(bytes, from + 15);
    const second = twoDigits(bytes, from + 18);
    if (hour > 23 || minute > 59 || second > 59) return this.#fail();
    const date = (year * 1024 + month) * 1024 + dayOfMonth;
    if (date !== this.#date) {
      this.#date = date;
      this.#day = civilDay(year, month, dayOfMonth);
    }
    this.at = from + 20;
    const micros = this.#fraction(bytes);
    const zoneUs = this.#zone(bytes);
    const seconds = this.#day * 86_400 + (hour * 3600 + minute * 60 + second);
    const timeUs = seconds * SECOND_US + micros - zoneUs;
    if (bytes[this.at] !== QUOTE || Number.isNaN(timeUs)) return this.#fail();
    this.at++;
    return timeUs;
  }

  /** What a plain text means to `meanings`, `absent` for null. */
  text<T>(bytes: Buffer, from: number, last: number, meanings: ByteInterner<T>, absent: T): T {
    if (bytes[from] !== QUOTE) {
      this.#nothing(bytes, from);
      return absent;
    }
    let at = from + 1;
    let hash = FNV_OFFSET;
    for (let byte = bytes[at]!; byte !== QUOTE; byte = bytes[++at]!) {
      if (byte < SPACE || byte >= DELETE || byte === BACKSLASH || at >= last) {
        this.irregular = true;
        return absent;
      }
      hash = Math.imul(hash ^ byte, FNV_PRIME);
    }
    this.at = at + 1;
    const meaning = meanings.meaning(bytes, from + 1, at, hash);
    if (meaning !== undefined) return meaning;
    this.irregular = true;
    return absent;
  }

  #fail(): number {
    this.irregular = true;
    return ABSENT;
  }

  #digits(bytes: Buffer, from: number): number {
    let at = from;
    let value = 0;
    for (let digit = bytes[at]! - ZERO; digit >= 0 && digit <= 9; digit = bytes[++at]! - ZERO)
      value = value * 10 + digit;
    this.at = at;
    return value;
  }

  /** Digits that JSON allows as an integer, -1 when there are none, too many or a leading zero. */
  #integer(bytes: Buffer, from: number, longest: number): number {
    const value = this.#digits(bytes, from);
    const length = this.at - from;
    if (length === 0 || length > longest || (length > 1 && bytes[from] === ZERO)) return NOT_AN_INTEGER;
    return value;
  }

  /** An exponent, a letter or a second point behind a number make it somebody else's. */
  #endOfNumber(bytes: Buffer, value: number): number {
    const byte = bytes[this.at];
    return byte === COMMA || byte === CLOSE || byte === SPACE ? value : this.#fail();
  }

  #nothing(bytes: Buffer, from: number): number {
    for (let i = 0; i < 4; i++) if (bytes[from + i] !== NULL[i]) return this.#fail();
    this.at = from + 4;
    return ABSENT;
  }

  #fraction(bytes: Buffer): number {
    if (bytes[this.at] !== POINT) return 0;
    const pointAt = this.at;
    const value = this.#digits(bytes, pointAt + 1);
    return value * (MICROSECOND_FRACTION[this.at - pointAt - 1] ?? ABSENT);
  }

  #zone(bytes: Buffer): number {
    const sign = bytes[this.at];
    if (sign === LETTER_Z) {
      this.at++;
      return 0;
    }
    if ((sign !== PLUS && sign !== MINUS) || bytes[this.at + 3] !== COLON) return ABSENT;
    const hours = twoDigits(bytes, this.at + 1);
    const minutes = twoDigits(bytes, this.at + 4);
    this.at += 6;
    return offsetUs(sign === PLUS ? 1 : -1, hours, minutes);
  }
}
