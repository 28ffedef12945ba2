import { ABSENT } from "../record/index.ts";

/**
 * What was traded in each bar, from what was traded since the start of the day, for rows in the order of time within
 * each symbol. In and out in one unit, the caller's.
 */
export class CumulativeValue {
  /** The last reading of each symbol; NaN after a row that could not be read. */
  readonly #last = new Map<string, { day: number; cumulative: number }>();

  /**
   * The bar's own value. The first row known of a symbol-day is taken whole if it can be one bar's value, at most
   * `largest` (volume × high): more means that it holds trades of before. ABSENT when the value cannot be told: then,
   * next to an unreadable row, and when the count fell.
   */
  difference(symbol: string, day: number, cumulative: number, largest: number): number {
    const last = this.#last.get(symbol);
    this.#last.set(symbol, { day, cumulative });
    if (last?.day !== day) return cumulative <= largest ? cumulative : ABSENT;
    const value = cumulative - last.cumulative;
    return value >= 0 ? value : ABSENT;
  }

  /** A row was lost and nobody knows whose it was: no difference across this place can be trusted. */
  rowLost(): void {
    this.#last.clear();
  }
}
