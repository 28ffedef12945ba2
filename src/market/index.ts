// market — the dated rules of the Korean exchanges: calendar, hours, tick sizes, limits, tax, commission, settlement.
// in: dates, instants, prices, instruments   out: what the rules say about them   touches: nothing (pure, its data ship with it)
export { calendarCoverage, closedDay, type DayKind } from "./calendar.ts";
export type { CalendarCoverage, ClosedDay, EntryStatus } from "./closed-days.ts";
export {
  type CommissionPreset,
  type CommissionRates,
  commission,
  commissionPreset,
  commissionPresets,
  commissionRate,
} from "./commission.ts";
export {
  INSTRUMENT_KINDS,
  type Instrument,
  type InstrumentKind,
  isKoreanSymbol,
  MARKETS,
  type Market,
  parseInstrument,
} from "./instrument.ts";
export { priceLimits } from "./price-limits.ts";
export { type PartsPerBillion, type PartsPerMillion, PPB_PER_UNIT, PPM_PER_UNIT } from "./rate.ts";
export { RULE_BOOK_VERSION } from "./rule-book-version.ts";
export { PHASE_NAMES, type PhaseName, VENUE_CODES, type VenueCode } from "./session-hours.ts";
export { expectedMinutes, expectedTenMinuteBars, phaseAt, tenMinuteSlotUs } from "./session-slots.ts";
export { settlementDate } from "./settlement.ts";
export { isOnTickGrid, type RoundingDirection, roundToTick, shiftByTicks } from "./tick-grid.ts";
export { tickSize } from "./tick-size.ts";
export {
  nextTradingDate,
  type Phase,
  previousTradingDate,
  type TradingDay,
  tradingDay,
  tradingDays,
} from "./trading-day.ts";
export { sellTax, sellTaxRate } from "./transaction-tax.ts";
