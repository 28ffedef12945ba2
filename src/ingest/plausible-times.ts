import { addDays, formatInstant, kstDateOf, kstMidnightUs, type TimeUs, tradeDate } from "../record/index.ts";

/** Instants a record may carry at all. Beyond them the recorder's clock was wrong, whatever else the line says. */
export interface PlausibleTimes {
  earliestUs: TimeUs;
  latestUs: TimeUs;
  /** Said of a record outside. */
  reason: string;
}

/** Nobody recorded ticks to JSONL before 1990; a clock that was never set says 1970. */
const EARLIEST = tradeDate("1990-01-01");

/** From 1990 to a day after `nowUs`: recorders in other zones may run ahead, but not by more. */
export function plausibleTimes(nowUs: TimeUs): PlausibleTimes {
  const earliestUs = kstMidnightUs(EARLIEST);
  const latestUs = kstMidnightUs(addDays(kstDateOf(nowUs), 2));
  return { earliestUs, latestUs, reason: `a record lies between ${EARLIEST} and ${formatInstant(latestUs)}` };
}
