import { calendarCoverage, tenMinuteSlotUs, tradingDay } from "../market/index.ts";
import { kstDateOf, MINUTE_US, type TimeUs } from "../record/index.ts";

const TEN_MINUTES_US = 10 * MINUTE_US;

/**
 * Start of the 10-minute bar an instant belongs to: a slot of the day's session (the closing print belongs to the
 * last one); outside every session the plain 10-minute grid, where the gate then finds it (G-005).
 */
export function barSlotUs(timeUs: TimeUs): TimeUs {
  const date = kstDateOf(timeUs);
  const { from, to } = calendarCoverage();
  const day = date >= from && date <= to ? tradingDay(date) : null;
  const slotUs = day === null ? null : tenMinuteSlotUs(day, timeUs);
  return slotUs ?? ((timeUs - (timeUs % TEN_MINUTES_US)) as TimeUs);
}
