import type { TimeUs } from "../record/index.ts";
import type { BinaryRows, SessionSpan } from "../store/index.ts";

/** Why a line was refused: a gate or codec code, the field, and words with what was found. */
export interface Refusal {
  code: string;
  field: string;
  reason: string;
}

/**
 * Turns the lines of a lane's files, in order, into rows of one table. It carries the gate's state from file to
 * file, so what was loaded before is read again, without writing, and every verdict comes out as it would have
 * in one go.
 */
export interface LineLoader {
  /** Begins the next file of a lane: counts start anew, the gate's state goes on. */
  beginFile(): void;
  /** Decodes and judges one line. On "row" the record waits for `write`, on "refused" `refusal` says why. */
  take(bytes: Buffer, start: number, end: number): "row" | "refused";
  readonly refusal: Refusal;
  /** When the accepted record happened; decides which month's partition it needs. */
  readonly eventTimeUs: TimeUs;
  /** Appends the accepted record. */
  write(rows: BinaryRows, fileId: number): void;
  /** Spans of the recording sessions of the rows written since the last call. */
  takeSessions(): SessionSpan[];
  /** What there is to say about the file once all lines are through. */
  summary(): LoaderSummary;
}

export interface LoaderSummary {
  /** How often a line was read with a reservation (no time zone, a price rounded …), by name. */
  warnings: Record<string, number>;
  /** How often each gate code was given. */
  gateCodes: Record<string, number>;
}
