import type { Tick } from "../record/index.ts";
import { parseLine } from "./json-line.ts";
import { clearReport, type LineOutcome, type LineReport, outcomeOf } from "./line-report.ts";
import { fillTick } from "./tick-fields.ts";
import { TickScan } from "./tick-scan.ts";

/**
 * Decodes tick lines: a byte scan for plain lines, JSON.parse for the rest, with the same result where both apply.
 * It keeps what it learns (key order, known texts), so use one for a whole file.
 */
export class TickDecoder {
  readonly #scan = new TickScan();
  #fastLines = 0;
  #slowLines = 0;

  /** Lines read by the byte scan. */
  get fastLines(): number {
    return this.#fastLines;
  }

  /** Lines that went through JSON.parse, malformed ones included. */
  get slowLines(): number {
    return this.#slowLines;
  }

  /**
   * Decodes the line `bytes[start, end)` (without its line feed) into `into`, and what there is to say about it into
   * `report`; both are overwritten. `into` holds nothing of use when the line is malformed. Never throws.
   */
  decode(bytes: Buffer, start: number, end: number, into: Tick, report: LineReport): LineOutcome {
    clearReport(report);
    if (this.#scan.read(bytes, start, end, into)) {
      this.#fastLines++;
      return "ok";
    }
    this.#slowLines++;
    return decodeTickByFields(bytes, start, end, into, report);
  }
}

/** The whole of what a tick line means, by JSON.parse; the byte scan is a shortcut to the same answer. */
export function decodeTickByFields(
  bytes: Buffer,
  start: number,
  end: number,
  into: Tick,
  report: LineReport,
): LineOutcome {
  clearReport(report);
  const fields = parseLine(bytes, start, end, report);
  if (fields !== null) fillTick(fields, into, report);
  return outcomeOf(report);
}
