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

const PIECE_BYTES = 256 * 1024;
const SIGNATURE = Buffer.from("PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0", "latin1");

/**
 * Rows in PostgreSQL's binary COPY format, collected in pieces that can be sent more than once: a chunk whose
 * optimistic COPY meets a known key is sent again, to a staging table.
 * source: PostgreSQL manual, COPY, "Binary Format".
 */
export class BinaryRows {
  /** Finished pieces; the last one is still being written. */
  readonly #pieces: Buffer[] = [];
  readonly #spare: Buffer[] = [];
  #bytes: Buffer = Buffer.allocUnsafeSlow(PIECE_BYTES);
  #view = viewOf(this.#bytes);
  #at = SIGNATURE.copy(this.#bytes, 0);
  #rows = 0;

  get rowCount(): number {
    return this.#rows;
  }

  get finishedPieces(): number {
    return this.#pieces.length;
  }

  /** Forgets all rows and keeps the memory. The pieces handed out before must no longer be in use. */
  reset(): void {
    for (const piece of this.#pieces) {
      const whole = Buffer.from(piece.buffer);
      if (whole.length === PIECE_BYTES) this.#spare.push(whole);
    }
    this.#pieces.length = 0;
    this.#rows = 0;
    this.#at = SIGNATURE.copy(this.#bytes, 0);
  }

  /** Begins a row of `fields` fields taking at most `maxBytes`; it is filled by the methods below, or through `bytes`, `view` and `at`. */
  row(fields: number, maxBytes = 1024): void {
    if (this.#at + maxBytes > this.#bytes.length) this.#nextPiece(maxBytes);
    this.#view.setInt16(this.#at, fields);
    this.#at += 2;
    this.#rows++;
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

  /** Pieces finished since there were `from` of them, for sending while more rows are being written. */
  takeFinished(from: number): readonly Buffer[] {
    return this.#pieces.slice(from);
  }

  /** Closes the format and yields every piece, in order. No row may be added until `reset`. */
  finish(): readonly Buffer[] {
    if (this.#at + 2 > this.#bytes.length) this.#nextPiece(2);
    this.#view.setInt16(this.#at, -1);
    this.#at += 2;
    this.#nextPiece(0);
    return this.#pieces;
  }

  #nextPiece(maxBytes: number): void {
    this.#pieces.push(this.#bytes.subarray(0, this.#at));
    const spare = maxBytes <= PIECE_BYTES ? this.#spare.pop() : undefined;
    this.#bytes = spare ?? Buffer.allocUnsafeSlow(Math.max(PIECE_BYTES, maxBytes));
    this.#view = viewOf(this.#bytes);
    this.#at = 0;
  }
}

function viewOf(bytes: Buffer): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
