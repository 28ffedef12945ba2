// codec — the one place where bytes become records and records become bytes.
// in: lines of JSONL, rows of CSV   out: ticks, bars, gaps, or what is wrong with the line   touches: nothing (pure)
export {
  LINE_WARNING,
  type LineOutcome,
  type LineReport,
  type MalformedCode,
  newLineReport,
} from "./line-report.ts";
export { newTick } from "./new-tick.ts";
export { TickDecoder } from "./tick-decoder.ts";
