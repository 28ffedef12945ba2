import { PRICE_SCALE } from "../record/index.ts";

/** PostgreSQL counts binary timestamps from 2000-01-01 UTC. */
export const POSTGRES_EPOCH_US = 946_684_800_000_000;

const PIECE_BYTES = 256 * 1024;
/** No row of ours is longer: 19 fields, the longest text 200 bytes. Checked by `room`. */
const TWO_32 = 2 ** 32;
const SIGNATURE = Buffer.from("PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0", "latin1");

/**
 * Rows in PostgreSQL's binary COPY format, collected in pieces that can be sent more than once: a chunk whose
 * optimistic COPY meets a duplicate is sent again, to a staging table.
 * source: PostgreSQL manual, COPY, "Binary Format"; numeric layout from `numeric_recv`.
 */
export class BinaryRows {
  /** Finished pieces; the last one is still being written. */
  readonly #pieces: Buffer[] = [];
  readonly #spare: Buffer[] = [];
  #buffer: Buffer;
  #view: DataView;
  #at: number;
  rowCount = 0;

  constructor() {
    this.#buffer = Buffer.allocUnsafeSlow(PIECE_BYTES);
    this.#view = new DataView(this.#buffer.buffer, this.#buffer.byteOffset, PIECE_BYTES);
    this.#at = SIGNATURE.copy(this.#buffer, 0);
  }

  /** Forgets all rows and keeps the memory. The pieces handed out before must no longer be in use. */
  reset(): void {
    for (const piece of this.#pieces) this.#spare.push(piece);
    this.#pieces.length = 0;
    this.rowCount = 0;
    this.#at = SIGNATURE.copy(this.#buffer, 0);
  }

  /** Begins a row of `fieldCount` fields taking at most `maxBytes`. */
  row(fieldCount: number, maxBytes = 1024): void {
    if (this.#at + maxBytes > PIECE_BYTES) this.#nextPiece(maxBytes);
    this.#view.setInt16(this.#at, fieldCount);
    this.#at += 2;
    this.rowCount++;
  }

  nullField(): void {
    this.#view.setInt32(this.#at, -1);
    this.#at += 4;
  }

  int2(value: number): void {
    this.#view.setInt32(this.#at, 2);
    this.#view.setInt16(this.#at + 4, value);
    this.#at += 6;
  }

  int4(value: number): void {
    this.#view.setInt32(this.#at, 4);
    this.#view.setInt32(this.#at + 4, value);
    this.#at += 8;
  }

  /** A whole number within ±2^53, or NaN for NULL. */
  int8(value: number): void {
    if (Number.isNaN(value)) {
      this.nullField();
      return;
    }
    const high = Math.floor(value / TWO_32);
    this.#view.setInt32(this.#at, 8);
    this.#view.setInt32(this.#at + 4, high);
    this.#view.setUint32(this.#at + 8, value - high * TWO_32);
    this.#at += 12;
  }

  float8(value: number): void {
    if (Number.isNaN(value)) {
      this.nullField();
      return;
    }
    this.#view.setInt32(this.#at, 8);
    this.#view.setFloat64(this.#at + 4, value);
    this.#at += 12;
  }

  /** Microseconds since 1970 UTC, or NaN for NULL. */
  timestamp(timeUs: number): void {
    this.int8(timeUs - POSTGRES_EPOCH_US);
  }

  /** Days since 1970-01-01. */
  date(days: number): void {
    this.int4(days - 10_957);
  }

  /**
   * A NUMERIC with four decimals from ten-thousandths, |value| < 1e16, or NaN for NULL. The scaled integer in
   * base 10,000 is exactly the digit string PostgreSQL wants, its last digit being the fraction.
   */
  numeric4(scaled: number): void {
    if (Number.isNaN(scaled)) {
      this.nullField();
      return;
    }
    const view = this.#view;
    const at = this.#at;
    const magnitude = scaled < 0 ? -scaled : scaled;
    const fraction = magnitude % PRICE_SCALE;
    let rest = (magnitude - fraction) / PRICE_SCALE;
    const d1 = rest % PRICE_SCALE;
    rest = (rest - d1) / PRICE_SCALE;
    const d2 = rest % PRICE_SCALE;
    rest = (rest - d2) / PRICE_SCALE;
    const d3 = rest % PRICE_SCALE;
    const wholeDigits = d3 !== 0 ? 3 : d2 !== 0 ? 2 : d1 !== 0 ? 1 : 0;
    const digits = fraction !== 0 ? wholeDigits + 1 : wholeDigits;
    view.setInt32(at, 8 + 2 * digits);
    view.setInt16(at + 4, digits);
    view.setInt16(at + 6, wholeDigits - 1);
    view.setInt16(at + 8, scaled < 0 ? 0x4000 : 0);
    view.setInt16(at + 10, 4);
    let write = at + 12;
    if (wholeDigits === 3) {
      view.setInt16(write, d3);
      write += 2;
    }
    if (wholeDigits >= 2) {
      view.setInt16(write, d2);
      write += 2;
    }
    if (wholeDigits >= 1) {
      view.setInt16(write, d1);
      write += 2;
    }
    if (fraction !== 0) {
      view.setInt16(write, fraction);
      write += 2;
    }
    this.#at = write;
  }

  /** A field already in wire form (length word and bytes), as `textField` makes it. */
  encoded(field: Buffer): void {
    const buffer = this.#buffer;
    const at = this.#at;
    for (let i = 0; i < field.length; i++) buffer[at + i] = field[i]!;
    this.#at = at + field.length;
  }

  /** Bytes of any length; the row must have been begun with room for them. */
  bytes(value: Buffer): void {
    this.#view.setInt32(this.#at, value.length);
    value.copy(this.#buffer, this.#at + 4);
    this.#at += 4 + value.length;
  }

  text(value: string): void {
    this.bytes(Buffer.from(value, "utf8"));
  }

  /** Pieces finished since the last call, for sending while more rows are being written. */
  takeFinished(from: number): readonly Buffer[] {
    return this.#pieces.slice(from);
  }

  get finishedPieces(): number {
    return this.#pieces.length;
  }

  /** Closes the format and yields every piece, in order. No row may be added until `reset`. */
  finish(): readonly Buffer[] {
    if (this.#at + 2 > PIECE_BYTES) this.#nextPiece(2);
    this.#view.setInt16(this.#at, -1);
    this.#pieces.push(this.#buffer.subarray(0, this.#at + 2));
    this.#openPiece(PIECE_BYTES);
    return this.#pieces;
  }

  #nextPiece(maxBytes: number): void {
    this.#pieces.push(this.#buffer.subarray(0, this.#at));
    this.#openPiece(Math.max(PIECE_BYTES, maxBytes));
  }

  #openPiece(bytes: number): void {
    const spare = bytes === PIECE_BYTES ? this.#spare.pop() : undefined;
    this.#buffer = spare === undefined ? Buffer.allocUnsafeSlow(bytes) : Buffer.from(spare.buffer);
    this.#view = new DataView(this.#buffer.buffer, this.#buffer.byteOffset, this.#buffer.byteLength);
    this.#at = 0;
  }
}

/** The wire form of a text field: length word and UTF-8 bytes; "" becomes NULL. */
export function textField(text: string): Buffer {
  if (text === "") return Buffer.from([0xff, 0xff, 0xff, 0xff]);
  const bytes = Buffer.from(text, "utf8");
  const field = Buffer.allocUnsafe(4 + bytes.length);
  field.writeInt32BE(bytes.length, 0);
  bytes.copy(field, 4);
  return field;
}

/** Wire forms of texts that repeat (symbols, sessions), made once each. */
export class TextFields {
  readonly #known = new Map<string, Buffer>();
  #lastText = "";
  #lastField = textField("");

  of(text: string): Buffer {
    if (text === this.#lastText) return this.#lastField;
    let field = this.#known.get(text);
    if (field === undefined) {
      field = textField(text);
      this.#known.set(text, field);
    }
    this.#lastText = text;
    this.#lastField = field;
    return field;
  }
}
