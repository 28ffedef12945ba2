import type { GapRecord, SwingBar } from "../record/index.ts";
import { textField } from "./binary-fields.ts";
import type { BinaryRows } from "./binary-rows.ts";

const MAX_BAR_BYTES = 1024;
const SWING_BAR_FIELDS = 19;
const GAP_FIELDS = 8;

/** What a loader knows about a bar beyond the record. */
export interface SwingBarOrigin {
  /** Where the bar came from. */
  source: string;
  fileId: number;
  /** Return against the symbol's bar before it, in hundred-millionths; NaN when not known: the table's trigger then fills it. */
  returnScaled: number;
}

/** Appends a row in the column order of `copy_swing_bars.sql`. */
export function writeSwingBarRow(rows: BinaryRows, bar: SwingBar, origin: SwingBarOrigin): void {
  rows.row(SWING_BAR_FIELDS, MAX_BAR_BYTES);
  rows.encoded(textField(bar.symbol));
  rows.timestamp(bar.barTimeUs);
  rows.numeric4(bar.open);
  rows.numeric4(bar.high);
  rows.numeric4(bar.low);
  rows.numeric4(bar.close);
  rows.int8(bar.volume);
  rows.numeric4(bar.value);
  rows.numeric4(bar.bidPrice);
  rows.numeric4(bar.askPrice);
  rows.encoded(textField(bar.venue));
  rows.encoded(textField(bar.sessionId));
  rows.encoded(textField(bar.schemaVersion));
  rows.int4(bar.mitigationLevel);
  rows.encoded(textField(bar.qualityFlag));
  rows.encoded(textField(origin.source));
  rows.timestamp(bar.collectedAtUs);
  rows.int4(origin.fileId);
  rows.numeric8(origin.returnScaled);
}

/** Appends a row in the column order of `copy_gaps.sql`. */
export function writeGapRow(rows: BinaryRows, gap: GapRecord, fileId: number): void {
  rows.row(GAP_FIELDS, MAX_BAR_BYTES);
  rows.timestamp(gap.gapStartUs);
  rows.timestamp(gap.gapEndUs);
  rows.int4(gap.gapSeconds);
  rows.encoded(textField(gap.scope));
  rows.encoded(textField(gap.symbol));
  rows.encoded(textField(gap.reason));
  rows.encoded(textField(gap.sessionId));
  rows.int4(fileId);
}
