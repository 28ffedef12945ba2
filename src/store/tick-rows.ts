import type { Tick } from "../record/index.ts";
import {
  putEncoded,
  putInt2,
  putInt4,
  putInt8,
  putNumeric4,
  putTimestamp,
  textField,
} from "./binary-fields.ts";
import type { BinaryRows } from "./binary-rows.ts";

const FIELDS = 18;
/** Numbers take 210 bytes at most, texts 200: symbol 20, venue 8, session 50 characters of four bytes, and so on. */
const MAX_ROW_BYTES = 1024;

/** A symbol's wire form, and the number under which its rows are brought together. */
interface SymbolField {
  field: Buffer;
  group: number;
}

/**
 * Appends gated ticks (their `seq` assigned) in the column order of `copy_ticks.sql`. Texts repeat from tick to
 * tick: their wire forms are kept, those of a recording (venue, session, version) and of an outcome (mitigation,
 * flag, file) as one stretch of bytes each.
 */
export class TickRowWriter {
  readonly #fileId: number;
  readonly #symbols = new Map<string, SymbolField>();
  readonly #recordings = new Map<string, Buffer>();
  #venue = "";
  #session = "";
  #version = "";
  #recording: Buffer = recordingFields("", "", "");
  #level = 0;
  #flag: Tick["qualityFlag"] = "normal";
  #outcome: Buffer;

  /** `fileId` NaN for live ticks. */
  constructor(fileId: number) {
    this.#fileId = fileId;
    this.#outcome = outcomeFields(0, "normal", fileId);
  }

  write(rows: BinaryRows, tick: Tick): void {
    const symbol = this.#symbol(tick.symbol);
    rows.row(FIELDS, MAX_ROW_BYTES, symbol.group);
    const { view, bytes } = rows;
    let at = putEncoded(bytes, rows.at, symbol.field);
    at = putTimestamp(view, at, tick.eventTimeUs);
    at = putInt2(view, at, tick.seq);
    at = putNumeric4(view, at, tick.bidPrice);
    at = putNumeric4(view, at, tick.askPrice);
    at = putNumeric4(view, at, tick.lastPrice);
    at = putInt8(view, at, tick.bidSize);
    at = putInt8(view, at, tick.askSize);
    at = putInt8(view, at, tick.volume);
    at = putInt8(view, at, tick.acmlVolume);
    at = putInt8(view, at, tick.acmlValue);
    at = putEncoded(bytes, at, this.#recordingOf(tick));
    at = putTimestamp(view, at, tick.receiveTimeUs);
    rows.at = putEncoded(bytes, at, this.#outcomeOf(tick));
  }

  #symbol(text: string): SymbolField {
    let symbol = this.#symbols.get(text);
    if (symbol === undefined) {
      symbol = { field: textField(text), group: this.#symbols.size };
      this.#symbols.set(text, symbol);
    }
    return symbol;
  }

  #recordingOf({ venue, sessionId, schemaVersion }: Tick): Buffer {
    if (venue === this.#venue && sessionId === this.#session && schemaVersion === this.#version)
      return this.#recording;
    const key = `${venue}\n${sessionId}\n${schemaVersion}`;
    let fields = this.#recordings.get(key);
    if (fields === undefined) {
      fields = recordingFields(venue, sessionId, schemaVersion);
      this.#recordings.set(key, fields);
    }
    this.#venue = venue;
    this.#session = sessionId;
    this.#version = schemaVersion;
    this.#recording = fields;
    return fields;
  }

  #outcomeOf({ mitigationLevel, qualityFlag }: Tick): Buffer {
    if (mitigationLevel !== this.#level || qualityFlag !== this.#flag) {
      this.#level = mitigationLevel;
      this.#flag = qualityFlag;
      this.#outcome = outcomeFields(mitigationLevel, qualityFlag, this.#fileId);
    }
    return this.#outcome;
  }
}

function recordingFields(venue: string, sessionId: string, schemaVersion: string): Buffer {
  return Buffer.concat([textField(venue), textField(sessionId), textField(schemaVersion)]);
}

function outcomeFields(level: number, flag: string, fileId: number): Buffer {
  const numbers = Buffer.alloc(16);
  const view = new DataView(numbers.buffer, numbers.byteOffset, numbers.byteLength);
  const afterLevel = putInt4(view, 0, level);
  const file = Number.isNaN(fileId) ? Buffer.from([0xff, 0xff, 0xff, 0xff]) : numbers.subarray(afterLevel);
  if (!Number.isNaN(fileId)) putInt4(view, afterLevel, fileId);
  return Buffer.concat([numbers.subarray(0, afterLevel), textField(flag), file]);
}
