import { type Instrument, isOnTickGrid, type TradingDay } from "../market/index.ts";
import { isAbsent, type Price } from "../record/index.ts";
import { OFF_GRID } from "./codes.ts";
import type { Findings } from "./verdict.ts";

/** G-006, a count and no more: venues with mid-price orders print between the ticks. */
export function gridFindings(
  price: Price,
  instrument: Instrument | undefined,
  day: TradingDay | null,
): Findings {
  if (instrument === undefined || day === null || isAbsent(price)) return 0;
  return isOnTickGrid(instrument, day.date, price) ? 0 : OFF_GRID;
}
