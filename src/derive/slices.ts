import { DAY_US, MINUTE_US, SECOND_US, type TimeUs } from "../record/index.ts";
import { sqlFile } from "../store/index.ts";
import type { Connection } from "./in-transaction.ts";
import type { KoreanDay } from "./korean-day.ts";

/** A stretch of a day, [startUs, endUs), whose bars one statement builds. */
export interface Slice {
  startUs: TimeUs;
  endUs: TimeUs;
}

/**
 * Half an hour: two thousand symbols at 2 Hz are 7 million ticks then, which takes about 12 s; the writer's
 * connections allow 30.
 */
const SLICE_US = 30 * MINUTE_US;

const sliceFrom = (startUs: number): Slice => ({
  startUs: startUs as TimeUs,
  endUs: (startUs + SLICE_US) as TimeUs,
});

/** All slices of a day. */
export function slicesOfDay(day: KoreanDay): Slice[] {
  return Array.from({ length: DAY_US / SLICE_US }, (_, index) => sliceFrom(day.startUs + index * SLICE_US));
}

/** The slices of a day that have ticks of some symbols, or bars built from ticks. */
export async function slicesWithMinutes(
  db: Connection,
  day: KoreanDay,
  symbols: readonly string[],
): Promise<Slice[]> {
  const { rows } = await db.query<{ slice_start: TimeUs }>(sqlFile("find_slices_with_minutes"), [
    day.start,
    day.end,
    SLICE_US / SECOND_US,
    symbols,
  ]);
  return rows.map((row) => sliceFrom(row.slice_start));
}
