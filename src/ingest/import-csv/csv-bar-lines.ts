import { CsvBarDecoder, type CsvColumnMap, LINE_WARNING, newLineReport } from "../../codec/index.ts";
import {
  countMalformed,
  countVerdict,
  expandCodes,
  type GateRules,
  judgeBar,
  newGateStatistics,
  newStreamState,
} from "../../gate/index.ts";
import { calendarCoverage, tradingDay } from "../../market/index.ts";
import { ABSENT, formatInstant, kstDateOf, type SwingBar, type TimeUs } from "../../record/index.ts";
import {
  type BinaryRows,
  type DailySpan,
  type SessionSpan,
  writeDailyPriceRow,
  writeMinuteBarRow,
  writeSwingBarRow,
} from "../../store/index.ts";
import { countsOfCodes } from "../gate-counts.ts";
import { barRefusal } from "../gate-refusal.ts";
import type { LineLoader, LoaderSummary, Refusal, TimeSpan } from "../line-loader.ts";
import type { PlausibleTimes } from "../plausible-times.ts";
import { DEFAULT_SCHEMA_VERSION } from "../tick-lines.ts";
import { WarningCounts } from "../warning-counts.ts";
import { barTarget } from "./bar-target.ts";
import { DailySpans } from "./daily-spans.ts";
import { HalfBars } from "./half-bars.ts";

/** What imported rows carry as their source and session. */
export const IMPORT_SOURCE = "import";

/** The lines of CSV files of bars: decoded by a column map, judged by the gate, written to the table of their length. */
export class CsvBarLines implements LineLoader {
  readonly #map: CsvColumnMap;
  readonly #dataset: ReturnType<typeof barTarget>["dataset"];
  readonly #rules: GateRules;
  readonly #times: PlausibleTimes;
  readonly #report = newLineReport();
  #gate = newStreamState();
  #halves: HalfBars | undefined;
  readonly #days = new DailySpans();
  #decoder: CsvBarDecoder;
  #statistics = newGateStatistics();
  #warnings = new WarningCounts(LINE_WARNING);
  #skipped: Record<string, number> = {};
  #bar: SwingBar | undefined;
  readonly carriesOver = false;
  readonly showsCuts = false;
  refusal: Refusal = { code: "", field: "", reason: "" };

  /** `rules` with the width of the map's bars. */
  constructor(map: CsvColumnMap, rules: GateRules, times: PlausibleTimes) {
    this.#map = map;
    this.#dataset = barTarget(map).dataset;
    this.#rules = rules;
    this.#times = times;
    this.#decoder = this.#newDecoder();
  }

  get eventTimeUs(): TimeUs {
    return this.#bar?.barTimeUs ?? (ABSENT as TimeUs);
  }

  beginFile(): void {
    this.#decoder = this.#newDecoder();
    this.#gate = newStreamState();
    this.#halves = this.#map.barMinutes === 5 ? new HalfBars() : undefined;
    this.#statistics = newGateStatistics();
    this.#warnings = new WarningCounts(LINE_WARNING);
    this.#skipped = {};
  }

  take(bytes: Buffer, start: number, end: number): "row" | "refused" | "skipped" {
    const report = this.#report;
    const bar = this.#decoder.decode(bytes, start, end, report);
    if (bar === "header") return this.#skip("header");
    if (bar === "padded") return this.#skip("paddedRow");
    if (bar === null) {
      const code = report.code === "" ? "V-001" : report.code;
      countMalformed(this.#statistics, code);
      return this.#refuse({ code, field: report.field, reason: `found ${report.found}` });
    }
    this.#warnings.add(report.warnings, report.unknownFields);
    if (!(bar.barTimeUs >= this.#times.earliestUs && bar.barTimeUs <= this.#times.latestUs)) {
      countMalformed(this.#statistics, "V-004");
      const reason = `${formatInstant(bar.barTimeUs)} cannot be: ${this.#times.reason}`;
      return this.#refuse({ code: "V-004", field: this.#map.timestamp ?? this.#map.date ?? "", reason });
    }
    const verdict = judgeBar(bar, this.#gate, this.#rules);
    countVerdict(this.#statistics, verdict, bar.qualityFlag);
    if (verdict.kind === "reject") return this.#refuse(barRefusal(expandCodes(verdict.codes), bar));
    bar.sessionId = IMPORT_SOURCE;
    bar.schemaVersion = DEFAULT_SCHEMA_VERSION;
    if (this.#halves === undefined) {
      this.#bar = bar;
      return "row";
    }
    const whole = this.#halves.add(bar);
    if (whole === null) return this.#skip("joinedHalf");
    this.#bar = whole;
    return "row";
  }

  write(rows: BinaryRows, fileId: number): void {
    if (this.#bar !== undefined) this.#write(this.#bar, rows, fileId);
  }

  lineLost(): void {
    this.#decoder.lineLost();
  }

  endFile(rows: BinaryRows, fileId: number): TimeSpan | null {
    this.#decoder.end();
    const bars = this.#halves?.flush() ?? [];
    const [first] = bars;
    if (first === undefined) return null;
    const span = { firstUs: first.barTimeUs, lastUs: first.barTimeUs };
    for (const bar of bars) {
      this.#write(bar, rows, fileId);
      if (bar.barTimeUs < span.firstUs) span.firstUs = bar.barTimeUs;
      if (bar.barTimeUs > span.lastUs) span.lastUs = bar.barTimeUs;
    }
    return span;
  }

  takeSessions(): SessionSpan[] {
    return [];
  }

  takeDailySpans(): DailySpan[] {
    return this.#days.take();
  }

  summary(): LoaderSummary {
    return {
      warnings: { ...this.#warnings.counts(), ...this.#skipped },
      gateCodes: countsOfCodes(this.#statistics),
    };
  }

  #newDecoder(): CsvBarDecoder {
    if (this.#rules.market === "generic") {
      return new CsvBarDecoder(this.#map, { isClosingPrint: () => false });
    }
    return new CsvBarDecoder(this.#map, { isClosingPrint: isKoreanClose });
  }

  #write(bar: SwingBar, rows: BinaryRows, fileId: number): void {
    switch (this.#dataset) {
      case "bars_1m":
        writeMinuteBarRow(rows, bar, IMPORT_SOURCE, fileId);
        break;
      case "bars_10m":
        writeSwingBarRow(rows, bar, { source: IMPORT_SOURCE, fileId, returnScaled: ABSENT });
        break;
      case "daily":
        this.#days.add(bar.symbol, kstDateOf(bar.barTimeUs));
        writeDailyPriceRow(rows, bar, fileId);
        break;
      default:
        this.#dataset satisfies never;
    }
  }

  #skip(kind: "header" | "paddedRow" | "joinedHalf"): "skipped" {
    this.#skipped[kind] = (this.#skipped[kind] ?? 0) + 1;
    return "skipped";
  }

  #refuse(refusal: Refusal): "refused" {
    this.refusal = refusal;
    return "refused";
  }
}

/** The instant of the closing auction's print, by the calendar of the day. */
function isKoreanClose(stampUs: TimeUs): boolean {
  const date = kstDateOf(stampUs);
  const { from, to } = calendarCoverage();
  if (date < from || date > to) return false;
  const day = tradingDay(date);
  return day !== null && day.closeUs > day.continuousEndUs && stampUs === day.closeUs;
}
