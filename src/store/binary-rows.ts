import {
  putEncoded,
  putFloat8,
  putInt2,
  putInt4,
  putInt8,
  putNull,
  putNumeric4,
  putNumeric8,
  putTimestamp,
} from "./binary-fields.ts";
import { RowOrder } from "./row-order.ts";

/** A piece is what is put in order: about 15,000 ticks, enough to bring hundreds of each of 41 symbols together. */
const PIECE_BYTES = 2 << 20;
const SIGNATURE = Buffer.from("PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0", "latin1");

/**
 * Rows in PostgreSQL's binary COPY format, collected in pieces that can be sent more than once: a chunk whose
 * optimistic COPY meets a known key is sent again, to a staging table.
 * source: PostgreSQL manual, COPY, "Binary Format".
 */
export class BinaryRows {
  readonly #pieces: Buffer[] = [];
  readonly #spare: Buffer[] = [];
  #bytes: Buffer = Buffer.allocUnsafeSlow(PIECE_BYTES);
  #view = viewOf(this.#bytes);
  #at = SIGNATURE.copy(this.#bytes, 0);
  #rows = 0;
  readonly #order = new RowOrder();

  get rowCount(): number {
    return this.#rows;
  }

  /** Forgets all rows and keeps the memory. The pieces handed out before must no longer be in use. */
  reset(): void {
    for (const piece of this.#pieces) {
      const whole = Buffer.from(piece.buffer);
      if (whole.length === PIECE_BYTES) this.#spare.push(whole);
    }
    this.#pieces.length = 0;
    this.#rows = 0;
    this.#order.reset();
    this.#at = SIGNATURE.copy(this.#bytes, 0);
  }

  /**
   * Begins a row of `fields` fields taking at most `maxBytes`; it is filled by the methods below, or through `bytes`,
   * `view` and `at`. Rows of a `group` (a small number from 0) are sent together, in their order.
   */
  row(fields: number, maxBytes = 1024, group = 0): void {
    if (this.#at + maxBytes > this.#bytes.length) this.#nextPiece(maxBytes);
    this.#order.begin(this.#at, group);
    this.#view.setInt16(this.#at, fields);
    this.#at += 2;
    this.#rows++;
  }

  /** The 1-based number of a row in the order of `row` calls, from its 1-based position in what is sent. */
  arrivalOf(ordinal: number): number {
    return this.#order.arrivalOf(ordinal);
  }

  /** The piece under way, for writers that fill a row by themselves (see binary-fields). */
  get bytes(): Buffer {
    return this.#bytes;
  }

  get view(): DataView {
    return this.#view;
  }

  get at(): number {
    return this.#at;
  }

  set at(at: number) {
    this.#at = at;
  }

  nullField(): void {
    this.#at = putNull(this.#view, this.#at);
  }

  int2(value: number): void {
    this.#at = putInt2(this.#view, this.#at, value);
  }

  int4(value: number): void {
    this.#at = putInt4(this.#view, this.#at, value);
  }

  /** A whole number within ±2^53, or NaN for NULL. */
  int8(value: number): void {
    this.#at = putInt8(this.#view, this.#at, value);
  }

  float8(value: number): void {
    this.#at = putFloat8(this.#view, this.#at, value);
  }

  /** Microseconds since 1970 UTC, or NaN for NULL. */
  timestamp(timeUs: number): void {
    this.#at = putTimestamp(this.#view, this.#at, timeUs);
  }

  /** Days since 1970-01-01. */
  date(days: number): void {
    this.int4(days - 10_957);
  }

  /** A NUMERIC with four decimals from ten-thousandths, or NaN for NULL. */
  numeric4(scaled: number): void {
    this.#at = putNumeric4(this.#view, this.#at, scaled);
  }

  /** A NUMERIC with eight decimals from hundred-millionths, or NaN for NULL. */
  numeric8(scaled: number): void {
    this.#at = putNumeric8(this.#view, this.#at, scaled);
  }

  /** A field already in wire form, as `textField` makes it. */
  encoded(field: Buffer): void {
    this.#at = putEncoded(this.#bytes, this.#at, field);
  }

  /** Closes the format and yields every piece, in order. No row may be added until `reset`. */
  finish(): readonly Buffer[] {
    this.#nextPiece(0);
    this.#view.setInt16(0, -1);
    this.#at = 2;
    this.#nextPiece(0);
    return this.#pieces;
  }

  /** Puts the rows of the piece under way in order, and begins another. */
  #nextPiece(maxBytes: number): void {
    const ordered = this.#freePiece(this.#bytes.length);
    this.#order.arrange(this.#bytes, this.#at, ordered);
    this.#pieces.push(ordered.subarray(0, this.#at));
    this.#at = 0;
    if (maxBytes <= this.#bytes.length) return;
    this.#bytes = this.#freePiece(maxBytes);
    this.#view = viewOf(this.#bytes);
  }

  #freePiece(bytes: number): Buffer {
    const spare = bytes <= PIECE_BYTES ? this.#spare.pop() : undefined;
    return spare ?? Buffer.allocUnsafeSlow(Math.max(PIECE_BYTES, bytes));
  }
}

function viewOf(bytes: Buffer): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
