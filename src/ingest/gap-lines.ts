import { decodeGap, LINE_WARNING, newLineReport } from "../codec/index.ts";
import { ABSENT, type GapRecord, type TimeUs } from "../record/index.ts";
import { type BinaryRows, type SessionSpan, writeGapRow } from "../store/index.ts";
import type { LineLoader, LoaderSummary, Refusal } from "./line-loader.ts";
import { DEFAULT_SESSION } from "./tick-lines.ts";
import { WarningCounts } from "./warning-counts.ts";

/** The rows of a gap ledger, for `scalp_gaps`. */
export class GapLines implements LineLoader {
  readonly #report = newLineReport();
  #warnings = new WarningCounts(LINE_WARNING);
  #codes: Record<string, number> = {};
  #gap: GapRecord | undefined;
  readonly carriesOver = false;
  readonly showsCuts = true;
  refusal: Refusal = { code: "", field: "", reason: "" };

  get eventTimeUs(): TimeUs {
    return this.#gap?.gapStartUs ?? (ABSENT as TimeUs);
  }

  beginFile(): void {
    this.#warnings = new WarningCounts(LINE_WARNING);
    this.#codes = {};
  }

  take(bytes: Buffer, start: number, end: number): "row" | "refused" {
    const report = this.#report;
    const gap = decodeGap(bytes, start, end, report);
    if (gap === null) {
      const code = report.code === "" ? "V-001" : report.code;
      this.#codes[code] = (this.#codes[code] ?? 0) + 1;
      this.refusal = { code, field: report.field, reason: `found ${report.found}` };
      return "refused";
    }
    this.#warnings.add(report.warnings, report.unknownFields);
    this.#gap = { ...gap, sessionId: gap.sessionId === "" ? DEFAULT_SESSION : gap.sessionId };
    return "row";
  }

  write(rows: BinaryRows, fileId: number): void {
    if (this.#gap !== undefined) writeGapRow(rows, this.#gap, fileId);
  }

  takeSessions(): SessionSpan[] {
    return [];
  }

  summary(): LoaderSummary {
    return { warnings: this.#warnings.counts(), gateCodes: { ...this.#codes } };
  }
}
