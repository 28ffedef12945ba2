import { addDays, kstMidnightUs, type TimeUs, type TradeDate } from "../record/index.ts";
import { type DayKind, dayKind } from "./calendar.ts";
import { type ClockPhase, type PhaseName, sessionHours, type VenueCode } from "./session-hours.ts";

/** One part of a day with its own way of matching orders; half-open [start, end). */
export interface Phase {
  name: PhaseName;
  startUs: TimeUs;
  endUs: TimeUs;
}

export interface TradingDay {
  date: TradeDate;
  venue: VenueCode;
  /** Start of continuous trading. */
  openUs: TimeUs;
  /** The closing auction print; end of continuous trading where the venue has no closing auction (NXT). */
  closeUs: TimeUs;
  /** End of continuous trading. */
  continuousEndUs: TimeUs;
  /** In time order, without overlap. */
  phases: readonly Phase[];
  kind: DayKind;
}

function dayFrom(date: TradeDate, venue: VenueCode, kind: DayKind, clock: readonly ClockPhase[]): TradingDay {
  const midnightUs = kstMidnightUs(date);
  const at = (timeOfDayUs: number) => (midnightUs + timeOfDayUs) as TimeUs;
  const phases = clock.map(({ name, startUs, endUs }) =>
    Object.freeze({ name, startUs: at(startUs), endUs: at(endUs) }),
  );
  const continuous = phases.find((phase) => phase.name === "continuous");
  if (continuous === undefined) throw new Error(`${venue} has no continuous trading on ${date}`);
  const closingAuction = phases.find((phase) => phase.name === "closing-auction");
  return Object.freeze({
    date,
    venue,
    openUs: continuous.startUs,
    closeUs: closingAuction?.endUs ?? continuous.endUs,
    continuousEndUs: continuous.endUs,
    phases: Object.freeze(phases),
    kind,
  });
}

// Asked for every tick. A day never changes, and the calendar bounds how many there are.
const known: Record<VenueCode, Map<TradeDate, TradingDay | null>> = { KRX: new Map(), NXT: new Map() };

/**
 * The trading day of a date; null when the venue is closed or did not exist yet.
 * Always the same frozen object for the same date and venue.
 * Throws RangeError outside `calendarCoverage()`.
 */
export function tradingDay(date: TradeDate, venue: VenueCode = "KRX"): TradingDay | null {
  const days = known[venue];
  const remembered = days.get(date);
  if (remembered !== undefined) return remembered;
  const kind = dayKind(date);
  const clock = kind === null ? null : sessionHours(venue, date, kind);
  const day = kind === null || clock === null ? null : dayFrom(date, venue, kind, clock);
  days.set(date, day);
  return day;
}

/** The trading days from `from` to `to`, both included. Throws RangeError outside `calendarCoverage()`. */
export function tradingDays(from: TradeDate, to: TradeDate, venue: VenueCode = "KRX"): TradingDay[] {
  const days: TradingDay[] = [];
  for (let date = from; date <= to; date = addDays(date, 1)) {
    const day = tradingDay(date, venue);
    if (day !== null) days.push(day);
  }
  return days;
}

/** The first trading date after a date. Throws RangeError outside `calendarCoverage()`. */
export function nextTradingDate(date: TradeDate): TradeDate {
  let next = addDays(date, 1);
  while (tradingDay(next) === null) next = addDays(next, 1);
  return next;
}

/** The last trading date before a date. Throws RangeError outside `calendarCoverage()`. */
export function previousTradingDate(date: TradeDate): TradeDate {
  let previous = addDays(date, -1);
  while (tradingDay(previous) === null) previous = addDays(previous, -1);
  return previous;
}
