import {
  calendarCoverage,
  RULE_BOOK_VERSION,
  type TradingDay,
  tradingDay,
  VENUE_CODES,
} from "../market/index.ts";
import { formatInstant, type TimeUs, type TradeDate } from "../record/index.ts";
import { type Store, sqlFile } from "../store/index.ts";
import { inTransaction } from "./in-transaction.ts";
import { datesBetween } from "./korean-day.ts";

export interface CalendarReport {
  /** Rows of `market_sessions` that were missing or said something else. */
  written: number;
}

/**
 * Brings `market_sessions` up to what the rule book says of the dates from `from` to `to`, both included, for every
 * venue. Dates that the calendar does not cover are left out: nothing is known of them.
 */
export async function syncMarketSessions(
  store: Store,
  from: TradeDate,
  to: TradeDate,
): Promise<CalendarReport> {
  return await syncSessionsOfDates(store, datesBetween(from, to));
}

/** Brings the whole calendar up to the rule book, unless it is there already: once per database and rule book. */
export async function ensureCalendar(store: Store): Promise<CalendarReport> {
  const { rows } = await store.reader.query<{ days: number }>(sqlFile("count_calendar_days"), [
    RULE_BOOK_VERSION,
  ]);
  const known = calendarCoverage();
  const expected = datesBetween(known.from, known.to).length * VENUE_CODES.length;
  if (rows[0]?.days === expected) return { written: 0 };
  return await syncMarketSessions(store, known.from, known.to);
}

/** The same for single dates. */
export async function syncSessionsOfDates(
  store: Store,
  dates: readonly TradeDate[],
): Promise<CalendarReport> {
  const known = calendarCoverage();
  const covered = dates.filter((date) => date >= known.from && date <= known.to);
  return await inTransaction(store, async (db) => {
    let written = 0;
    for (const venue of VENUE_CODES) {
      const days = covered.map((date) => tradingDay(date, venue));
      const at = (instant: (day: TradingDay) => TimeUs) =>
        days.map((day) => (day === null ? null : formatInstant(instant(day))));
      const upserted = await db.query(sqlFile("upsert_market_sessions"), [
        venue,
        covered,
        days.map((day) => day?.kind ?? "closed"),
        at((day) => day.openUs),
        at((day) => day.continuousEndUs),
        at((day) => day.closeUs),
        RULE_BOOK_VERSION,
        covered.map((date) => date >= known.plannedFrom),
      ]);
      written += upserted.rowCount ?? 0;
    }
    return { written };
  });
}
