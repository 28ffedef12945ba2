import { type Instrument, priceLimits, roundToTick, shiftByTicks } from "../market/index.ts";
import type { Price, TradeDate } from "../record/index.ts";

/** The tick grid of one stock on one day between its price limits. */
export class QuoteLadder {
  readonly lower: Price;
  readonly upper: Price;
  readonly #instrument: Instrument;
  readonly #date: TradeDate;

  constructor(instrument: Instrument, date: TradeDate, previousClose: Price) {
    this.#instrument = instrument;
    this.#date = date;
    const limits = priceLimits(instrument, date, previousClose);
    this.lower = limits.lower;
    this.upper = limits.upper;
  }

  contains(fairValue: number): boolean {
    return fairValue >= this.lower && fairValue <= this.upper;
  }

  /** The price nearest to a fair value within the limits. */
  nearest(fairValue: number): Price {
    return roundToTick(this.#instrument, this.#date, fairValue as Price, "nearest");
  }

  /**
   * Best quotes `spreadTicks` (≥ 1) apart with the fair value between them, so that whoever takes a quote pays for
   * it on average; at a price limit the outer quote is the limit.
   */
  quotesAround(fairValue: number, spreadTicks: number): { bid: Price; ask: Price } {
    const floor = roundToTick(this.#instrument, this.#date, fairValue as Price, "down");
    const bid = this.shift(floor, -((spreadTicks - 1) >> 1));
    const ask = this.shift(bid, spreadTicks);
    if (ask > this.upper) return { bid: this.shift(this.upper, -1), ask: this.upper };
    if (bid < this.lower) return { bid: this.lower, ask: this.shift(this.lower, 1) };
    return { bid, ask };
  }

  shift(price: Price, ticks: number): Price {
    return shiftByTicks(this.#instrument, this.#date, price, ticks);
  }
}
