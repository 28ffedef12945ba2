import type { Price, TradeDate } from "../record/index.ts";
import type { Instrument } from "./instrument.ts";
import { tickSize } from "./tick-size.ts";

export type RoundingDirection = "down" | "up" | "nearest";

/** Whether orders can be placed at a price. Mid-price venues print between steps, so an off-grid trade is no error. */
export function isOnTickGrid(instrument: Instrument, date: TradeDate, price: Price): boolean {
  return price > 0 && price % tickSize(instrument, date, price) === 0;
}

/**
 * The price on the grid next to `price`: at or below it, at or above it, or the nearer (the upper when equally near).
 * Band bounds lie on the grids of both bands, so a result that crosses into the next band is on that band's grid.
 * Rounding down below the smallest step gives 0. Throws RangeError for a price that is not above zero.
 */
export function roundToTick(
  instrument: Instrument,
  date: TradeDate,
  price: Price,
  direction: RoundingDirection,
): Price {
  const tick = tickSize(instrument, date, price);
  const above = price % tick;
  if (above === 0) return price;
  const goesUp = direction === "up" || (direction === "nearest" && above * 2 >= tick);
  return (goesUp ? price - above + tick : price - above) as Price;
}

/**
 * The price `steps` ticks away (down when negative), each step as wide as the band it is taken in:
 * one below 2,000 won is 1,999, one above it 2,005. Off-grid prices first move onto the grid in the direction
 * taken, which counts as a step. Stops at the smallest step above zero.
 */
export function shiftByTicks(instrument: Instrument, date: TradeDate, price: Price, steps: number): Price {
  let shifted = price;
  for (let i = 0; i < steps; i++) {
    const tick = tickSize(instrument, date, shifted);
    shifted = (shifted - (shifted % tick) + tick) as Price;
  }
  for (let i = 0; i > steps; i--) {
    // The step below a bound belongs to the lower band, whose tick holds just under the bound.
    const tick = tickSize(instrument, date, Math.max(shifted - 1, 1) as Price);
    const below = (Math.ceil(shifted / tick) - 1) * tick;
    if (below <= 0) break;
    shifted = below as Price;
  }
  return shifted;
}
