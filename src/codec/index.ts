// codec — the one place where bytes become records and records become bytes.
// in: lines of JSONL, rows of CSV   out: ticks, bars, gaps, or what is wrong with the line   touches: nothing (pure)
export { CsvBarDecoder, type CsvBarOptions } from "./csv-bar-decoder.ts";
export { type CsvBar, type CsvBarBatch, type CsvReject, decodeCsvBars } from "./csv-bars.ts";
export { CSV_PRESETS, type CsvColumnMap } from "./csv-column-map.ts";
export { csvMapProblems } from "./csv-map-problems.ts";
export type { ClosingPrint } from "./csv-row.ts";
export { encodeGapLine } from "./encode-gap.ts";
export { encodeSwingBarLine } from "./encode-swing-bar.ts";
export { encodeTickLine } from "./encode-tick.ts";
export { decodeGap } from "./gap-decoder.ts";
export {
  LINE_WARNING,
  type LineOutcome,
  type LineReport,
  type MalformedCode,
  newLineReport,
} from "./line-report.ts";
export { type LineSink, LineSplitter, type LineSplitterOptions } from "./line-splitter.ts";
export { newTick } from "./new-tick.ts";
export { decodeSwingBar, type FloorToSlot } from "./swing-bar-decoder.ts";
export { TickDecoder } from "./tick-decoder.ts";
