import { LINE_WARNING, newLineReport, newTick, TickDecoder } from "../codec/index.ts";
import {
  countMalformed,
  countVerdict,
  expandCodes,
  type GateRules,
  judgeTick,
  newGateStatistics,
  newStreamState,
} from "../gate/index.ts";
import { formatInstant, type TimeUs } from "../record/index.ts";
import { type BinaryRows, type SessionSpan, TickRowWriter } from "../store/index.ts";
import { countsOfCodes } from "./gate-counts.ts";
import { tickRefusal } from "./gate-refusal.ts";
import type { LineLoader, LoaderSummary, Refusal } from "./line-loader.ts";
import type { PlausibleTimes } from "./plausible-times.ts";
import { SessionSpans } from "./session-spans.ts";
import { WarningCounts } from "./warning-counts.ts";

export const DEFAULT_SESSION = "backfill";
export const DEFAULT_SCHEMA_VERSION = "1.0";

/** The ticks of a lane: decoded, judged by the gate, written as rows of `scalp_ticks`. */
export class TickLines implements LineLoader {
  readonly #rules: GateRules;
  readonly #times: PlausibleTimes;
  readonly #decoder = new TickDecoder();
  readonly #tick = newTick();
  readonly #report = newLineReport();
  readonly #gate = newStreamState();
  #statistics = newGateStatistics();
  #warnings = new WarningCounts(LINE_WARNING);
  readonly #sessions = new SessionSpans("scalp");
  #writer: TickRowWriter | undefined;
  #writerFileId = 0;
  readonly carriesOver = true;
  readonly showsCuts = true;
  refusal: Refusal = { code: "", field: "", reason: "" };

  constructor(rules: GateRules, times: PlausibleTimes) {
    this.#rules = rules;
    this.#times = times;
  }

  get eventTimeUs(): TimeUs {
    return this.#tick.eventTimeUs;
  }

  beginFile(): void {
    this.#statistics = newGateStatistics();
    this.#warnings = new WarningCounts(LINE_WARNING);
  }

  take(bytes: Buffer, start: number, end: number): "row" | "refused" {
    const tick = this.#tick;
    const report = this.#report;
    if (this.#decoder.decode(bytes, start, end, tick, report) === "malformed") {
      const code = report.code === "" ? "V-001" : report.code;
      countMalformed(this.#statistics, code);
      return this.#refuse({ code, field: report.field, reason: `found ${report.found}` });
    }
    this.#warnings.add(report.warnings, report.unknownFields);
    if (!(tick.eventTimeUs >= this.#times.earliestUs && tick.eventTimeUs <= this.#times.latestUs)) {
      countMalformed(this.#statistics, "V-004");
      const reason = `${formatInstant(tick.eventTimeUs)} cannot be: ${this.#times.reason}`;
      return this.#refuse({ code: "V-004", field: "event_time", reason });
    }
    const verdict = judgeTick(tick, this.#gate, this.#rules);
    countVerdict(this.#statistics, verdict, tick.qualityFlag);
    if (verdict.kind === "reject") return this.#refuse(tickRefusal(expandCodes(verdict.codes), tick));
    if (tick.sessionId === "") tick.sessionId = DEFAULT_SESSION;
    if (tick.schemaVersion === "") tick.schemaVersion = DEFAULT_SCHEMA_VERSION;
    return "row";
  }

  write(rows: BinaryRows, fileId: number): void {
    if (this.#writer === undefined || fileId !== this.#writerFileId) {
      this.#writer = new TickRowWriter(fileId);
      this.#writerFileId = fileId;
    }
    this.#writer.write(rows, this.#tick);
    this.#sessions.add(this.#tick.sessionId, this.#tick.eventTimeUs);
  }

  takeSessions(): SessionSpan[] {
    return this.#sessions.take();
  }

  summary(): LoaderSummary {
    return {
      warnings: this.#warnings.counts(),
      gateCodes: countsOfCodes(this.#statistics),
    };
  }

  #refuse(refusal: Refusal): "refused" {
    this.refusal = refusal;
    return "refused";
  }
}
