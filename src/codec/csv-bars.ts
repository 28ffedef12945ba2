import type { SwingBar } from "../record/index.ts";
import { CsvBarDecoder, type CsvBarOptions } from "./csv-bar-decoder.ts";
import type { CsvColumnMap } from "./csv-column-map.ts";
import { type LineReport, newLineReport, WHOLE_LINE } from "./line-report.ts";
import { LineSplitter } from "./line-splitter.ts";

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

/** No row of bars comes near it; what does is not one. */
const LONGEST_ROW_BYTES = 64 * 1024;

const emptyBatch = (): CsvBarBatch => ({ bars: [], rejects: [], paddedRows: 0, ignoredColumns: [] });

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
  const decoder = new CsvBarDecoder(map, options);
  const splitter = new LineSplitter({ maxLineBytes: LONGEST_ROW_BYTES, keptHeadBytes: 0 });
  const report = newLineReport();
  let batch = emptyBatch();
  const sink = {
    line(bytes: Buffer, start: number, end: number, lineNumber: number) {
      const bar = decoder.decode(bytes, start, end, report);
      if (bar === "header") return;
      if (bar === "padded") batch.paddedRows++;
      else if (bar !== null) batch.bars.push({ bar, lineNumber, warnings: report.warnings });
      else batch.rejects.push({ lineNumber, field: report.field, code: report.code, found: report.found });
    },
    tooLong(_head: Buffer, totalBytes: number, lineNumber: number) {
      decoder.lineLost();
      batch.rejects.push({
        lineNumber,
        field: WHOLE_LINE,
        code: "V-001",
        found: `a line of ${totalBytes} bytes`,
      });
    },
  };
  const take = (): CsvBarBatch => {
    const taken = { ...batch, ignoredColumns: decoder.ignoredColumns };
    batch = emptyBatch();
    return taken;
  };
  for await (const chunk of source) {
    splitter.push(chunk, sink);
    yield take();
  }
  splitter.end(sink);
  decoder.end();
  yield take();
}
