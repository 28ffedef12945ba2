import { POSTGRES_EPOCH_US } from "../../binary-fields.ts";
import { SymbolInterner } from "./symbol-interner.ts";
import { type Field, type FieldKind, readDecimal, readInteger, readScaled } from "./wire-fields.ts";

/** `quality` of a row, by the first letter of its flag; UNKNOWN_QUALITY for anything else. */
export const QUALITY_CODES = ["normal", "degraded", "gap"] as const;
export const UNKNOWN_QUALITY = 255;

/** Rows in order of arrival. A column grows by whole pieces: nothing that was read is copied to make room. */
export interface RowPiece {
  rows: number;
  symbol: Int32Array;
  quality: Uint8Array;
  /** One per field. */
  values: Float64Array[];
}

const FIRST_PIECE_ROWS = 1024;
const LARGEST_PIECE_ROWS = 65_536;
/** Signature, flags and the length of an extension that no server sends. */
const HEADER_BYTES = 19;
const END_OF_ROWS = -1;
const NORMAL = "n".charCodeAt(0);
const DEGRADED = "d".charCodeAt(0);
const GAP = "g".charCodeAt(0);

/**
 * Turns COPY … (FORMAT binary) into columns. A row is: symbol, quality flag, then the fields. Bytes come as
 * the network cuts them; a row that is not all there yet is kept and read again with what follows.
 */
export class ColumnDecoder {
  readonly interner = new SymbolInterner();
  readonly pieces: RowPiece[] = [];
  readonly #kinds: readonly FieldKind[];
  readonly #scaledPrices: boolean;
  #open: RowPiece | undefined;
  #rest: Buffer = Buffer.alloc(0);
  #state: "header" | "rows" | "ended" = "header";

  constructor(fields: readonly Field[], scaledPrices: boolean) {
    this.#kinds = fields.map((field) => field.kind);
    this.#scaledPrices = scaledPrices;
  }

  push(bytes: Buffer): void {
    const chunk = this.#rest.length === 0 ? bytes : Buffer.concat([this.#rest, bytes]);
    const view = new DataView(chunk.buffer, chunk.byteOffset, chunk.length);
    let at = 0;
    if (this.#state === "header" && chunk.length >= HEADER_BYTES) {
      at = HEADER_BYTES;
      this.#state = "rows";
    }
    while (this.#state === "rows") {
      const next = this.#readRow(chunk, view, at);
      if (next < 0) break;
      at = next;
    }
    this.#rest = chunk.subarray(at);
  }

  /** Throws when the rows did not come to their end. */
  finish(): void {
    if (this.#state !== "ended") throw new RangeError("the rows broke off before their end");
  }

  /** Where the next row begins, or -1 when this one is not complete. */
  #readRow(chunk: Buffer, view: DataView, start: number): number {
    const end = chunk.length;
    if (start + 2 > end) return -1;
    const kinds = this.#kinds;
    const fieldCount = view.getInt16(start);
    if (fieldCount === END_OF_ROWS) {
      this.#state = "ended";
      return start + 2;
    }
    if (fieldCount !== kinds.length + 2) throw new RangeError(`a row of ${fieldCount} fields`);
    const piece = this.#openPiece();
    const row = piece.rows;

    let at = start + 2;
    if (at + 4 > end) return -1;
    const symbolBytes = view.getInt32(at);
    at += 4;
    const symbolAt = at;
    at += symbolBytes;
    if (at + 4 > end) return -1;
    const qualityBytes = view.getInt32(at);
    at += 4;
    if (at + 1 > end) return -1;
    piece.quality[row] = qualityBytes > 0 ? qualityCode(chunk[at]!) : UNKNOWN_QUALITY;
    if (qualityBytes > 0) at += qualityBytes;

    for (let f = 0; f < kinds.length; f++) {
      if (at + 4 > end) return -1;
      const bytes = view.getInt32(at);
      at += 4;
      const column = piece.values[f]!;
      if (bytes < 0) {
        column[row] = Number.NaN;
        continue;
      }
      if (at + bytes > end) return -1;
      switch (kinds[f]!) {
        case "instant":
          column[row] = readInteger(view, at, 8) + POSTGRES_EPOCH_US;
          break;
        case "price":
          column[row] = this.#scaledPrices ? readScaled(view, at) : readDecimal(view, at);
          break;
        case "amount":
          column[row] = readDecimal(view, at);
          break;
        case "integer":
          column[row] = readInteger(view, at, bytes);
          break;
        case "double":
          column[row] = view.getFloat64(at);
          break;
      }
      at += bytes;
    }
    piece.symbol[row] = this.interner.indexOf(chunk, symbolAt, symbolBytes);
    piece.rows = row + 1;
    return at;
  }

  #openPiece(): RowPiece {
    const last = this.#open;
    if (last !== undefined && last.rows < last.symbol.length) return last;
    const rows = last === undefined ? FIRST_PIECE_ROWS : Math.min(2 * last.rows, LARGEST_PIECE_ROWS);
    const piece = {
      rows: 0,
      symbol: new Int32Array(rows),
      quality: new Uint8Array(rows),
      values: this.#kinds.map(() => new Float64Array(rows)),
    };
    this.pieces.push(piece);
    this.#open = piece;
    return piece;
  }
}

function qualityCode(firstLetter: number): number {
  return firstLetter === NORMAL
    ? 0
    : firstLetter === DEGRADED
      ? 1
      : firstLetter === GAP
        ? 2
        : UNKNOWN_QUALITY;
}
