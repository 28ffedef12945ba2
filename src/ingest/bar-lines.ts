import { decodeSwingBar, LINE_WARNING, newLineReport } from "../codec/index.ts";
import {
  countMalformed,
  countVerdict,
  expandCodes,
  type GateRules,
  judgeBar,
  newGateStatistics,
  newStreamState,
} from "../gate/index.ts";
import { ABSENT, formatInstant, type SwingBar, type TimeUs } from "../record/index.ts";
import { type BinaryRows, type SessionSpan, writeSwingBarRow } from "../store/index.ts";
import { BarReturns } from "./bar-returns.ts";
import { barSlotUs } from "./bar-slot.ts";
import { countsOfCodes } from "./gate-counts.ts";
import { barRefusal } from "./gate-refusal.ts";
import type { LineLoader, LoaderSummary, Refusal } from "./line-loader.ts";
import type { PlausibleTimes } from "./plausible-times.ts";
import { SessionSpans } from "./session-spans.ts";
import { DEFAULT_SCHEMA_VERSION, DEFAULT_SESSION } from "./tick-lines.ts";
import { WarningCounts } from "./warning-counts.ts";

const SOURCE = "jsonl";

/** The 10-minute bars of a lane: decoded, judged by the gate, written as rows of `swing_bars_10m`. */
export class BarLines implements LineLoader {
  readonly #rules: GateRules;
  readonly #times: PlausibleTimes;
  readonly #report = newLineReport();
  readonly #gate = newStreamState();
  #statistics = newGateStatistics();
  #warnings = new WarningCounts(LINE_WARNING);
  readonly #sessions = new SessionSpans("swing");
  readonly #returns = new BarReturns();
  #bar: SwingBar | undefined;
  readonly carriesOver = true;
  readonly showsCuts = true;
  refusal: Refusal = { code: "", field: "", reason: "" };

  constructor(rules: GateRules, times: PlausibleTimes) {
    this.#rules = rules;
    this.#times = times;
  }

  get eventTimeUs(): TimeUs {
    return this.#bar?.barTimeUs ?? (ABSENT as TimeUs);
  }

  beginFile(): void {
    this.#statistics = newGateStatistics();
    this.#warnings = new WarningCounts(LINE_WARNING);
  }

  take(bytes: Buffer, start: number, end: number): "row" | "refused" {
    const report = this.#report;
    const bar = decodeSwingBar(bytes, start, end, barSlotUs, report);
    if (bar === null) {
      const code = report.code === "" ? "V-001" : report.code;
      countMalformed(this.#statistics, code);
      return this.#refuse({ code, field: report.field, reason: `found ${report.found}` });
    }
    this.#warnings.add(report.warnings, report.unknownFields);
    if (!(bar.barTimeUs >= this.#times.earliestUs && bar.barTimeUs <= this.#times.latestUs)) {
      countMalformed(this.#statistics, "V-004");
      const reason = `${formatInstant(bar.barTimeUs)} cannot be: ${this.#times.reason}`;
      return this.#refuse({ code: "V-004", field: "bar_time", reason });
    }
    const verdict = judgeBar(bar, this.#gate, this.#rules);
    countVerdict(this.#statistics, verdict, bar.qualityFlag);
    if (verdict.kind === "reject") return this.#refuse(barRefusal(expandCodes(verdict.codes), bar));
    if (bar.sessionId === "") bar.sessionId = DEFAULT_SESSION;
    if (bar.schemaVersion === "") bar.schemaVersion = DEFAULT_SCHEMA_VERSION;
    this.#bar = bar;
    return "row";
  }

  write(rows: BinaryRows, fileId: number): void {
    if (this.#bar === undefined) return;
    const returnScaled = this.#returns.of(this.#bar);
    writeSwingBarRow(rows, this.#bar, { source: SOURCE, fileId, returnScaled });
    this.#sessions.add(this.#bar.sessionId, this.#bar.barTimeUs);
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
