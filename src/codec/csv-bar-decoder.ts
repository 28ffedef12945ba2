import { isUtf8 } from "node:buffer";
import { ObserverError } from "../errors/index.ts";
import { DAY_US, KST_OFFSET_US, MINUTE_US, type SwingBar } from "../record/index.ts";
import type { CsvColumnMap } from "./csv-column-map.ts";
import { csvFields } from "./csv-fields.ts";
import { findColumns } from "./csv-header.ts";
import { clockOfMap } from "./csv-map-problems.ts";
import { type ClosingPrint, CsvRowReader } from "./csv-row.ts";
import { clearReport, describe, type LineReport, refuse, WHOLE_LINE } from "./line-report.ts";
import type { ZoneClock } from "./zone-clock.ts";

export interface CsvBarOptions {
  /** Whether an end stamp is that of the closing auction; default 15:30:00 Korean time, wrong on days of other hours. */
  isClosingPrint?: ClosingPrint;
}

const closesAtHalfPastThree: ClosingPrint = (stampUs) =>
  (stampUs + KST_OFFSET_US) % DAY_US === (15 * 60 + 30) * MINUTE_US;

/** Reads the lines of one CSV file of bars, in their order; the first one is the header. */
export class CsvBarDecoder {
  readonly #map: CsvColumnMap;
  readonly #clock: ZoneClock;
  readonly #isClosingPrint: ClosingPrint;
  readonly #delimiter: string;
  #rows: CsvRowReader | undefined;
  /** Columns of the file that the map does not use. */
  ignoredColumns: readonly string[] = [];

  /** Throws OBS_CSV_MAP for a map that cannot be used. */
  constructor(map: CsvColumnMap, options: CsvBarOptions = {}) {
    this.#map = map;
    this.#clock = clockOfMap(map);
    this.#isClosingPrint = options.isClosingPrint ?? closesAtHalfPastThree;
    this.#delimiter = map.delimiter ?? ",";
  }

  /**
   * What the line `bytes[start, end)` holds: a bar, the header, a padded row that the map drops, or null with the
   * fault in `report`. Throws OBS_CSV_COLUMNS for a header that does not fit the map.
   */
  decode(
    bytes: Buffer,
    start: number,
    end: number,
    report: LineReport,
  ): SwingBar | "header" | "padded" | null {
    const readable = isUtf8(bytes.subarray(start, end));
    const text = readable ? bytes.toString("utf8", start, end) : "";
    const fields = readable ? csvFields(text, this.#delimiter) : undefined;
    const fault = readable ? describe(text, "quotes that do not match: ") : "bytes that are not UTF-8";
    if (this.#rows === undefined) {
      this.#readHeader(fields, fault);
      return "header";
    }
    if (fields !== undefined) return this.#rows.read(fields, report);
    this.lineLost();
    clearReport(report);
    refuse(report, WHOLE_LINE, "V-001", fault);
    return null;
  }

  /** A line that was not even handed over: what is counted up from row to row cannot be told across it. */
  lineLost(): void {
    this.#rows?.rowLost();
  }

  /** The file is over. Throws OBS_CSV_COLUMNS when it held nothing. */
  end(): void {
    if (this.#rows !== undefined) return;
    throw new ObserverError(
      "OBS_CSV_COLUMNS",
      "the CSV is empty",
      "see whether the download or export was cut short",
    );
  }

  #readHeader(fields: readonly string[] | undefined, fault: string): void {
    if (fields === undefined)
      throw new ObserverError(
        "OBS_CSV_COLUMNS",
        `the header of the CSV cannot be read: ${fault}`,
        "save the file as UTF-8, its first line naming the columns",
      );
    const columns = findColumns(fields, this.#map);
    this.ignoredColumns = columns.ignored;
    this.#rows = new CsvRowReader(this.#map, columns, this.#clock, this.#isClosingPrint);
  }
}
