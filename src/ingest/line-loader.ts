import type { TimeUs } from "../record/index.ts";
import type { BinaryRows, DailySpan, SessionSpan } from "../store/index.ts";

/** Why a line was refused: a gate or codec code, the field, and words with what was found. */
export interface Refusal {
  code: string;
  field: string;
  reason: string;
}

/** First and last instant of some records. */
export interface TimeSpan {
  firstUs: TimeUs;
  lastUs: TimeUs;
}

/**
 * Turns the lines of a lane's files, in order, into rows of one table. Where it carries the gate's state from file to
 * file, what was loaded before is read again, without writing, and every verdict comes out as it would have in one go.
 */
export interface LineLoader {
  /** Begins the next file of a lane: counts start anew; the gate's state goes on where it carries over. */
  beginFile(): void;
  /**
   * Decodes and judges one line. On "row" the record waits for `write`, on "refused" `refusal` says why; "skipped"
   * lines (a header, a padded minute, half a bar) are counted in the summary and become no row of their own.
   */
  take(bytes: Buffer, start: number, end: number): "row" | "refused" | "skipped";
  /**
   * Whether what one file leaves behind decides on the next: then files that are loaded already are read again before
   * a later one. CSV files overlap, being fetched more than once; each is judged by itself.
   */
  readonly carriesOver: boolean;
  /** Whether a line that was cut off cannot be mistaken for a whole one. A CSV row that lost its last digits can. */
  readonly showsCuts: boolean;
  readonly refusal: Refusal;
  /** When the accepted record happened; decides which month's partition it needs. */
  readonly eventTimeUs: TimeUs;
  /** Appends the accepted record. */
  write(rows: BinaryRows, fileId: number): void;
  /** Spans of the recording sessions of the rows written since the last call. */
  takeSessions(): SessionSpan[];
  /** A line too long to be handed over. */
  lineLost?(): void;
  /**
   * Appends what was waiting for more lines, and tells its span; null when nothing was.
   * Throws an ObserverError when the file as a whole was none of its kind.
   */
  endFile?(rows: BinaryRows, fileId: number): TimeSpan | null;
  /** Stretches of daily prices written since the last call; the rows behind them name their closes. */
  takeDailySpans?(): DailySpan[];
  /** What there is to say about the file once all lines are through. */
  summary(): LoaderSummary;
}

export interface LoaderSummary {
  /** How often a line was read with a reservation (no time zone, a price rounded …), by name. */
  warnings: Record<string, number>;
  /** How often each gate code was given. */
  gateCodes: Record<string, number>;
}
