import { MINUTE_US, SECOND_US, type TimeUs } from "../record/index.ts";
import type { Phase, TradingDay } from "./trading-day.ts";

const TEN_MINUTES_US = 10 * MINUTE_US;

/** The auction ends at random within 30 s after the close; the rest is for clocks and late stamps. */
const CLOSING_PRINT_GRACE_US = 60 * SECOND_US;

const hasClosingAuction = (day: TradingDay) => day.closeUs > day.continuousEndUs;

/** Whether an instant can carry the closing auction print: at the close or up to a minute later. */
function isClosingPrint(day: TradingDay, instantUs: TimeUs): boolean {
  return (
    hasClosingAuction(day) && instantUs >= day.closeUs && instantUs <= day.closeUs + CLOSING_PRINT_GRACE_US
  );
}

/** Slots start on the full minute, also where the venue opens half a minute later (NXT, 09:00:30). */
function gridStartUs(day: TradingDay): number {
  return day.openUs - (day.openUs % MINUTE_US);
}

/**
 * Start of the 10-minute bar an instant belongs to; null outside the regular session.
 * The closing auction print belongs to the last bar, whose interval [15:20, 15:30] is thereby closed on the right.
 */
export function tenMinuteSlotUs(day: TradingDay, instantUs: TimeUs): TimeUs | null {
  const inSession = instantUs >= day.openUs && instantUs < day.closeUs;
  if (!inSession && !isClosingPrint(day, instantUs)) return null;
  const startUs = gridStartUs(day);
  const slot = Math.floor((Math.min(instantUs, day.closeUs - 1) - startUs) / TEN_MINUTES_US);
  return (startUs + slot * TEN_MINUTES_US) as TimeUs;
}

/** The phase an instant belongs to, the closing print counted to its auction; null between and outside phases. */
export function phaseAt(day: TradingDay, instantUs: TimeUs): Phase | null {
  const phaseUs = isClosingPrint(day, instantUs) ? day.closeUs - 1 : instantUs;
  for (const phase of day.phases) {
    if (phaseUs >= phase.startUs && phaseUs < phase.endUs) return phase;
  }
  return null;
}

/** Minutes in which the regular session can trade: the continuous ones and the closing print. 381 on a normal day. */
export function expectedMinutes(day: TradingDay): number {
  const continuous = (day.continuousEndUs - gridStartUs(day)) / MINUTE_US;
  return hasClosingAuction(day) ? continuous + 1 : continuous;
}

/** 10-minute bars of the regular session: 39 on normal and exam days, 33 on a late opening. */
export function expectedTenMinuteBars(day: TradingDay): number {
  return Math.ceil((day.closeUs - gridStartUs(day)) / TEN_MINUTES_US);
}
