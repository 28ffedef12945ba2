import {
  calendarCoverage,
  type PhaseName,
  phaseAt,
  type TradingDay,
  tradingDay,
  type VenueCode,
} from "../market/index.ts";
import {
  addDays,
  kstDateOf,
  kstMidnightUs,
  MINUTE_US,
  type TimeUs,
  type TradeDate,
} from "../record/index.ts";

/** A stretch of one KST date, half-open, in which nothing about the venue's session changes. */
export interface SessionWindow {
  readonly startUs: TimeUs;
  readonly endUs: TimeUs;
  readonly date: TradeDate;
  /** null on closed days and beyond the calendar's years. */
  readonly day: TradingDay | null;
  /** null outside every phase of the day. */
  readonly phase: PhaseName | null;
}

/** The window of a market without a calendar. */
export const UNBOUNDED: SessionWindow = {
  startUs: Number.NEGATIVE_INFINITY as TimeUs,
  endUs: Number.POSITIVE_INFINITY as TimeUs,
  date: "" as TradeDate,
  day: null,
  phase: "continuous",
};

/** Holds no instant: what a cache of windows starts with. */
export const NO_WINDOW: SessionWindow = { ...UNBOUNDED, endUs: UNBOUNDED.startUs };

export function venueCode(venue: string): VenueCode {
  return venue === "NXT" ? "NXT" : "KRX";
}

/** The calendar refuses dates beyond its years; a record dated there is merely outside every session. */
function tradingDayOrNull(date: TradeDate, venue: VenueCode): TradingDay | null {
  const { from, to } = calendarCoverage();
  return date < from || date > to ? null : tradingDay(date, venue);
}

/**
 * The window around an instant. The closing auction is two windows, before and after the close: what is stamped after
 * it is the print, which no price or volume from before may judge.
 */
export function sessionWindowAt(timeUs: TimeUs, venue: VenueCode): SessionWindow {
  const date = kstDateOf(timeUs);
  const midnightUs = kstMidnightUs(date);
  const nextMidnightUs = kstMidnightUs(addDays(date, 1));
  const day = tradingDayOrNull(date, venue);
  if (day === null) return { startUs: midnightUs, endUs: nextMidnightUs, date, day, phase: null };

  // `phaseAt` takes a print for the auction's up to and including a minute after the close.
  const edges = [day.closeUs, day.closeUs + MINUTE_US + 1];
  for (const { startUs, endUs } of day.phases) edges.push(startUs, endUs);
  return {
    startUs: Math.max(midnightUs, ...edges.filter((edgeUs) => edgeUs <= timeUs)) as TimeUs,
    endUs: Math.min(nextMidnightUs, ...edges.filter((edgeUs) => edgeUs > timeUs)) as TimeUs,
    date,
    day,
    phase: phaseAt(day, timeUs)?.name ?? null,
  };
}

/** Orders cross in these before they are matched, so ask < bid is no error. */
export function isAuction(window: SessionWindow): boolean {
  switch (window.phase) {
    case "opening-auction":
    case "closing-auction":
    case "single-price":
      return true;
    default:
      return false;
  }
}

/** Prices of these may become the day's close. */
export function isRegular(window: SessionWindow): boolean {
  return window.phase === "continuous" || window.phase === "closing-auction";
}

/** How much of (fromUs, toUs) was continuous trading on a day. */
export function continuousUs(day: TradingDay, fromUs: TimeUs, toUs: TimeUs): number {
  let sumUs = 0;
  for (const { name, startUs, endUs } of day.phases) {
    if (name === "continuous") sumUs += Math.max(0, Math.min(toUs, endUs) - Math.max(fromUs, startUs));
  }
  return sumUs;
}
