import { ObserverError } from "../errors/index.ts";
import { DAY_US, KST_OFFSET_US, MINUTE_US, type SwingBar } from "../record/index.ts";
import type { CsvColumnMap } from "./csv-column-map.ts";
import { findColumns } from "./csv-header.ts";
import { type CsvLine, CsvLines } from "./csv-lines.ts";
import { type ClosingPrint, CsvRowReader } from "./csv-row.ts";
import { type LineReport, newLineReport, WHOLE_LINE } from "./line-report.ts";
import { LineSplitter } from "./line-splitter.ts";
import { type ZoneClock, zoneClock } from "./zone-clock.ts";

export interface CsvBar {
  bar: SwingBar;
  lineNumber: number;
  /** LINE_WARNING bits. */
  warnings: number;
}

export interface CsvReject extends Pick<LineReport, "field" | "code" | "found"> {
  lineNumber: number;
}

/** What one chunk of the file held. */
export interface CsvBarBatch {
  bars: CsvBar[];
  rejects: CsvReject[];
  /** Bars of volume 0 that the map drops. */
  paddedRows: number;
  /** Columns of the file that the map does not use. */
  ignoredColumns: readonly string[];
}

export interface CsvBarOptions {
  /** Whether an end stamp is that of the closing auction; default 15:30:00 Korean time, wrong on days of other hours. */
  isClosingPrint?: ClosingPrint;
}

/** No row of bars comes near it; what does is not one. */
const LONGEST_ROW_BYTES = 64 * 1024;

const closesAtHalfPastThree: ClosingPrint = (stampUs) =>
  (stampUs + KST_OFFSET_US) % DAY_US === (15 * 60 + 30) * MINUTE_US;

/**
 * Reads a CSV file of bars chunk by chunk, in memory that does not grow with it. Every row is a bar, a padded row or
 * a reject with its line, field and reason.
 * Throws OBS_CSV_MAP for a map that cannot be used and OBS_CSV_COLUMNS for a file that does not fit it.
 */
export async function* decodeCsvBars(
  source: AsyncIterable<Buffer>,
  map: CsvColumnMap,
  options: CsvBarOptions = {},
): AsyncGenerator<CsvBarBatch> {
  const clock = clockOf(map);
  const splitter = new LineSplitter({ maxLineBytes: LONGEST_ROW_BYTES, keptHeadBytes: 0 });
  const lines = new CsvLines(map.delimiter ?? ",");
  let file: CsvFile | undefined;
  const readOn = (): CsvBarBatch | undefined => {
    const taken = lines.take();
    if (file === undefined && taken.length > 0)
      file = new CsvFile(taken.shift(), map, clock, options.isClosingPrint ?? closesAtHalfPastThree);
    return file?.read(taken);
  };
  for await (const chunk of source) {
    splitter.push(chunk, lines);
    const batch = readOn();
    if (batch !== undefined) yield batch;
  }
  splitter.end(lines);
  const batch = readOn();
  if (batch === undefined)
    throw new ObserverError(
      "OBS_CSV_COLUMNS",
      "the CSV is empty",
      "see whether the download or export was cut short",
    );
  yield batch;
}

/** An open file: its header is read and fits the map. */
class CsvFile {
  readonly #rows: CsvRowReader;
  readonly #ignoredColumns: readonly string[];
  readonly #report = newLineReport();

  constructor(
    header: CsvLine | undefined,
    map: CsvColumnMap,
    clock: ZoneClock,
    isClosingPrint: ClosingPrint,
  ) {
    if (header?.kind !== "record")
      throw new ObserverError(
        "OBS_CSV_COLUMNS",
        `the header of the CSV cannot be read: ${header?.found}`,
        "save the file as UTF-8, its first line naming the columns",
      );
    const columns = findColumns(header.fields, map);
    this.#ignoredColumns = columns.ignored;
    this.#rows = new CsvRowReader(map, columns, clock, isClosingPrint);
  }

  read(lines: readonly CsvLine[]): CsvBarBatch {
    const report = this.#report;
    const batch: CsvBarBatch = { bars: [], rejects: [], paddedRows: 0, ignoredColumns: this.#ignoredColumns };
    for (const line of lines) {
      const { lineNumber } = line;
      if (line.kind === "spoiled") {
        this.#rows.rowLost();
        batch.rejects.push({ lineNumber, field: WHOLE_LINE, code: "V-001", found: line.found });
        continue;
      }
      const bar = this.#rows.read(line.fields, report);
      if (bar === "padded") batch.paddedRows++;
      else if (bar !== null) batch.bars.push({ bar, lineNumber, warnings: report.warnings });
      else batch.rejects.push({ lineNumber, field: report.field, code: report.code, found: report.found });
    }
    return batch;
  }
}

/** Checks what a map says about texts, and gives the clock its dates and times are read by. */
function clockOf(map: CsvColumnMap): ZoneClock {
  const clock = zoneClock(map.zone ?? "Asia/Seoul");
  const problems = [
    clock === undefined ? `no time zone is called "${map.zone}"` : "",
    (map.delimiter ?? ",").length === 1 ? "" : "the delimiter is not one character",
    (map.decimal ?? ".") === (map.delimiter ?? ",") ? "the decimal mark is also the delimiter" : "",
    map.timestamp === undefined &&
    (map.date === undefined || (map.time === undefined && map.barMinutes !== "day"))
      ? "neither a timestamp column nor date and time columns are named"
      : "",
    map.value !== undefined && map.cumulativeValue !== undefined
      ? "both value and cumulativeValue are named"
      : "",
  ].filter((problem) => problem !== "");
  if (clock !== undefined && problems.length === 0) return clock;
  throw new ObserverError(
    "OBS_CSV_MAP",
    `the column map "${map.name}" cannot be used: ${problems.join("; ")}`,
    "correct the map; the presets kis-1m, creon-1m, kis-daily and yahoo-5m show its form",
  );
}
