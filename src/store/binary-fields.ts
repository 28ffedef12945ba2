/** PostgreSQL counts binary timestamps from 2000-01-01 UTC. */
export const POSTGRES_EPOCH_US = 946_684_800_000_000;
const TWO_31 = 2 ** 31;
const TWO_32 = 2 ** 32;
const BASE = 10_000;

// Fields of PostgreSQL's binary COPY format: a length word and the value, big-endian; length −1 is NULL.
// Each function writes at an offset and returns the offset behind: free functions on local numbers, because
// this is the hot path of loading (eighteen fields a tick).

export function putNull(view: DataView, at: number): number {
  view.setInt32(at, -1);
  return at + 4;
}

export function putInt2(view: DataView, at: number, value: number): number {
  view.setInt32(at, 2);
  view.setInt16(at + 4, value);
  return at + 6;
}

export function putInt4(view: DataView, at: number, value: number): number {
  view.setInt32(at, 4);
  view.setInt32(at + 4, value);
  return at + 8;
}

/** A whole number within ±2^53, or NaN for NULL. */
export function putInt8(view: DataView, at: number, value: number): number {
  if (Number.isNaN(value)) return putNull(view, at);
  const high = value >= 0 && value < TWO_32 ? 0 : Math.floor(value / TWO_32);
  view.setInt32(at, 8);
  view.setInt32(at + 4, high);
  view.setUint32(at + 8, value - high * TWO_32);
  return at + 12;
}

/** A double, or NaN for NULL. */
export function putFloat8(view: DataView, at: number, value: number): number {
  if (Number.isNaN(value)) return putNull(view, at);
  view.setInt32(at, 8);
  view.setFloat64(at + 4, value);
  return at + 12;
}

/** Microseconds since 1970 UTC, or NaN for NULL. */
export function putTimestamp(view: DataView, at: number, timeUs: number): number {
  return putInt8(view, at, timeUs - POSTGRES_EPOCH_US);
}

/**
 * A NUMERIC with four decimals from ten-thousandths, |value| < 1e20, or NaN for NULL. The scaled integer in base
 * 10,000 is exactly the digit string PostgreSQL wants, its last digit being the fraction. Beyond 2^53, 900 billion
 * units, doubles have no fractions left to write.
 * source: `numeric_recv` in PostgreSQL's numeric.c.
 */
export function putNumeric4(view: DataView, at: number, scaled: number): number {
  if (Number.isNaN(scaled)) return putNull(view, at);
  const magnitude = scaled < 0 ? -scaled : scaled;
  let whole = Math.floor(magnitude / BASE);
  let fraction = magnitude - whole * BASE;
  let top = 0;
  let high = 0;
  let middle = 0;
  let low = 0;
  if (whole < TWO_31) {
    // Integer arithmetic: a remainder of doubles costs as much as the rest of the row.
    const above = (whole / BASE) | 0;
    low = whole - above * BASE;
    high = (above / BASE) | 0;
    middle = above - high * BASE;
  } else {
    if (magnitude > Number.MAX_SAFE_INTEGER) {
      whole = Math.round(magnitude / BASE);
      fraction = 0;
    }
    const above = Math.floor(whole / BASE);
    low = whole - above * BASE;
    const higher = Math.floor(above / BASE);
    middle = above - higher * BASE;
    top = Math.floor(higher / BASE);
    high = higher - top * BASE;
  }
  const wholeDigits = top !== 0 ? 4 : high !== 0 ? 3 : middle !== 0 ? 2 : low !== 0 ? 1 : 0;
  const digits = fraction !== 0 ? wholeDigits + 1 : wholeDigits;
  view.setInt32(at, 8 + 2 * digits);
  view.setInt16(at + 4, digits);
  view.setInt16(at + 6, wholeDigits - 1);
  view.setInt16(at + 8, scaled < 0 ? 0x4000 : 0);
  view.setInt16(at + 10, 4);
  let next = at + 12;
  if (wholeDigits === 4) {
    view.setInt16(next, top);
    next += 2;
  }
  if (wholeDigits >= 3) {
    view.setInt16(next, high);
    next += 2;
  }
  if (wholeDigits >= 2) {
    view.setInt16(next, middle);
    next += 2;
  }
  if (wholeDigits >= 1) {
    view.setInt16(next, low);
    next += 2;
  }
  if (fraction !== 0) {
    view.setInt16(next, fraction);
    next += 2;
  }
  return next;
}

/** A NUMERIC with eight decimals from hundred-millionths, |value| < 1e12, or NaN for NULL. */
export function putNumeric8(view: DataView, at: number, scaled: number): number {
  if (Number.isNaN(scaled)) return putNull(view, at);
  const magnitude = Math.abs(scaled);
  const upper = Math.floor(magnitude / BASE);
  const digits = [Math.floor(upper / BASE), upper % BASE, magnitude % BASE];
  const first = digits.findIndex((digit) => digit !== 0);
  const significant =
    first === -1 ? [] : digits.slice(first, digits.findLastIndex((digit) => digit !== 0) + 1);
  view.setInt32(at, 8 + 2 * significant.length);
  view.setInt16(at + 4, significant.length);
  view.setInt16(at + 6, first === -1 ? 0 : -first);
  view.setInt16(at + 8, scaled < 0 ? 0x4000 : 0);
  view.setInt16(at + 10, 8);
  let next = at + 12;
  for (const digit of significant) {
    view.setInt16(next, digit);
    next += 2;
  }
  return next;
}

/** Bytes that are in wire form already. */
export function putEncoded(bytes: Uint8Array, at: number, encoded: Uint8Array): number {
  // Short ones byte by byte: a call into the engine costs more than it saves.
  if (encoded.length <= 32) for (let i = 0; i < encoded.length; i++) bytes[at + i] = encoded[i]!;
  else bytes.set(encoded, at);
  return at + encoded.length;
}

/** The wire form of a text field; "" becomes NULL. */
export function textField(text: string): Buffer {
  if (text === "") return Buffer.from([0xff, 0xff, 0xff, 0xff]);
  const bytes = Buffer.from(text, "utf8");
  const field = Buffer.allocUnsafe(4 + bytes.length);
  field.writeInt32BE(bytes.length, 0);
  bytes.copy(field, 4);
  return field;
}
