import { ABSENT, DAY_US, MINUTE_US, type Price, type SwingBar, type TimeUs } from "../record/index.ts";
import type { CsvColumnMap } from "./csv-column-map.ts";
import type { CsvColumns } from "./csv-header.ts";
import { isWholeMinute, readDateTime, readTimestamp } from "./csv-stamp.ts";
import { CumulativeValue } from "./cumulative-value.ts";
import { readCount, readPrice, readRequiredPrice, readSymbol, readTradedValue } from "./fields.ts";
import {
  clearReport,
  describe,
  LINE_WARNING,
  type LineReport,
  outcomeOf,
  refuse,
  WHOLE_LINE,
} from "./line-report.ts";
import type { ZoneClock } from "./zone-clock.ts";

export type ClosingPrint = (stampUs: TimeUs) => boolean;

/** Numbers with a decimal point and commas between thousands, and the other way round. */
const NUMBER = {
  ".": /^[+-]?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?(?:[eE][+-]?\d+)?$/,
  ",": /^[+-]?(?:\d+|\d{1,3}(?:\.\d{3})+)(?:,\d+)?(?:[eE][+-]?\d+)?$/,
} as const;

/** Reads the records of one CSV file, in their order, as bars. */
export class CsvRowReader {
  readonly #map: CsvColumnMap;
  readonly #columns: CsvColumns;
  readonly #clock: ZoneClock;
  readonly #isClosingPrint: ClosingPrint;
  readonly #cumulative = new CumulativeValue();

  constructor(map: CsvColumnMap, columns: CsvColumns, clock: ZoneClock, isClosingPrint: ClosingPrint) {
    this.#map = map;
    this.#columns = columns;
    this.#clock = clock;
    this.#isClosingPrint = isClosingPrint;
  }

  /** A line that did not even become a record. */
  rowLost(): void {
    this.#cumulative.rowLost();
  }

  /** The bar in a record, `padded` when the map drops it, or null with the fault in `report`. */
  read(record: readonly string[], report: LineReport): SwingBar | "padded" | null {
    clearReport(report);
    if (record.length !== this.#columns.width) {
      refuse(report, WHOLE_LINE, "V-001", `${this.#columns.width} fields expected, ${record.length} found`);
      this.rowLost();
      return null;
    }
    const map = this.#map;
    const { index } = this.#columns;
    const symbol = readSymbol(report, map.symbol, this.#text(record, index.symbol) || undefined);
    const stampUs = this.#stamp(record, report);
    const attributed = outcomeOf(report) === "ok";
    const bar: SwingBar = {
      symbol,
      barTimeUs: this.#barTime(stampUs),
      collectedAtUs: ABSENT as TimeUs,
      open: this.#price(record, index.open, map.open, report),
      high: this.#price(record, index.high, map.high, report),
      low: this.#price(record, index.low, map.low, report),
      close: this.#price(record, index.close, map.close, report),
      volume: readCount(report, map.volume ?? "", this.#number(record, index.volume, map.volume, report)),
      value: readTradedValue(report, map.value ?? "", this.#number(record, index.value, map.value, report)),
      bidPrice: readPrice(report, map.bid ?? "", this.#number(record, index.bid, map.bid, report)),
      askPrice: readPrice(report, map.ask ?? "", this.#number(record, index.ask, map.ask, report)),
      venue: "",
      sessionId: "",
      schemaVersion: "",
      mitigationLevel: 0,
      qualityFlag: "normal",
    };
    if (map.cumulativeValue !== undefined) this.#difference(record, bar, attributed, report);
    if (outcomeOf(report) === "malformed") return null;
    return map.padded === "drop" && isPadded(bar) ? "padded" : bar;
  }

  #text(record: readonly string[], index: number): string {
    return index < 0 ? "" : (record[index]?.trim() ?? "");
  }

  /** A number as JSON writes it; undefined when there is none. */
  #number(
    record: readonly string[],
    index: number,
    name: string | undefined,
    report: LineReport,
  ): string | undefined {
    const text = this.#text(record, index);
    if (text === "" || name === undefined) return undefined;
    const decimal = this.#map.decimal ?? ".";
    if (!NUMBER[decimal].test(text)) {
      refuse(report, name, "V-001", describe(text));
      return undefined;
    }
    return decimal === "." ? text.replaceAll(",", "") : text.replaceAll(".", "").replace(",", ".");
  }

  #price(record: readonly string[], index: number, name: string, report: LineReport): Price {
    return readRequiredPrice(report, name, this.#number(record, index, name, report));
  }

  #stamp(record: readonly string[], report: LineReport): TimeUs {
    const { index } = this.#columns;
    const { timestamp, date = "", time = date } = this.#map;
    const stampUs =
      timestamp === undefined
        ? readDateTime(
            report,
            { date, time },
            this.#text(record, index.date),
            index.time < 0 ? undefined : this.#text(record, index.time),
            this.#clock,
          )
        : readTimestamp(report, timestamp, this.#text(record, index.timestamp), this.#clock);
    if (!Number.isNaN(stampUs) && !isWholeMinute(stampUs)) {
      const name = timestamp ?? time;
      const text = this.#text(record, timestamp === undefined ? index.time : index.timestamp);
      refuse(report, name, "V-004", describe(text, "not on a whole minute: "));
    }
    return stampUs;
  }

  /** Start of the bar; the closing auction's print is a bar of its own minute, however the file stamps the others. */
  #barTime(stampUs: TimeUs): TimeUs {
    const { barMinutes, stamp } = this.#map;
    if (barMinutes === "day") {
      const localUs = this.#clock.toLocalUs(stampUs);
      return this.#clock.toUtcUs(Math.floor(localUs / DAY_US) * DAY_US) as TimeUs;
    }
    if (stamp === "start" || (barMinutes === 1 && this.#isClosingPrint(stampUs))) return stampUs;
    return (stampUs - barMinutes * MINUTE_US) as TimeUs;
  }

  #difference(record: readonly string[], bar: SwingBar, attributed: boolean, report: LineReport): void {
    const name = this.#map.cumulativeValue ?? "";
    const text = this.#number(record, this.#columns.index.cumulativeValue, name, report);
    const cumulative = readTradedValue(report, name, text);
    if (!attributed) {
      this.#cumulative.rowLost();
      return;
    }
    const day = Math.floor(this.#clock.toLocalUs(bar.barTimeUs) / DAY_US);
    const largest = Number.isNaN(bar.volume) ? Number.POSITIVE_INFINITY : bar.volume * bar.high;
    bar.value = this.#cumulative.difference(bar.symbol, day, cumulative, largest);
    if (Number.isNaN(bar.value)) report.warnings |= LINE_WARNING.cumulativeUnusable;
  }
}

/** Nothing was traded, so the prices are copies: of the last trade, or with Creon of the whole bar before. */
function isPadded(bar: SwingBar): boolean {
  return bar.volume === 0;
}
