import { type TradingDay, tradingDay, tradingDays } from "../market/index.ts";
import { type TradeDate, tradeDate } from "../record/index.ts";

/** Raised whenever the same request would give other bytes; a test holds the bytes of a small sample. */
export const SAMPLE_VERSION = 1;
export const SAMPLE_SEED = 20_260_105;
/** The listings with planted effects are among the first thirteen. */
const FEWEST_SWING_SYMBOLS = 13;

/** Everything the bytes of a sample depend on. */
export interface SampleRecipe {
  version: number;
  seed: number;
  /** Dates of the 10-minute bars; the last one also has ticks. */
  tradingDates: readonly TradeDate[];
  /** The first so many listings are sampled at 2 Hz on the last date. */
  tickSymbols: number;
  /** So many listings have 10-minute bars. */
  swingSymbols: number;
}

const DEFAULTS: SampleRecipe = {
  version: SAMPLE_VERSION,
  seed: SAMPLE_SEED,
  tradingDates: tradingDays(tradeDate("2026-01-05"), tradeDate("2026-01-30")).map((day) => day.date),
  tickSymbols: 8,
  swingSymbols: 131,
};

/** Fills in what is not asked for: 20 days of January 2026, 131 symbols, 8 of them with ticks. Throws RangeError. */
export function sampleRecipe(wanted: Partial<Omit<SampleRecipe, "version">> = {}): SampleRecipe {
  const recipe = { ...DEFAULTS, ...wanted };
  const { seed, tradingDates, tickSymbols, swingSymbols } = recipe;
  if (!(Number.isSafeInteger(seed) && seed >= 0))
    throw new RangeError(`seed must be a whole number ≥ 0: ${seed}`);
  if (!(swingSymbols >= FEWEST_SWING_SYMBOLS && swingSymbols <= 999))
    throw new RangeError(`swingSymbols must be ${FEWEST_SWING_SYMBOLS} to 999: ${swingSymbols}`);
  if (!(tickSymbols >= 2 && tickSymbols <= swingSymbols))
    throw new RangeError(`tickSymbols must be 2 to ${swingSymbols}: ${tickSymbols}`);
  const isAscending = tradingDates.every((date, i) => i === 0 || date > (tradingDates[i - 1] ?? date));
  if (tradingDates.length < 2 || !isAscending)
    throw new RangeError("tradingDates must be two or more dates, ascending");
  return recipe;
}

/** The trading days of a recipe. Throws RangeError for a date on which the exchange is closed. */
export function recipeDays(recipe: SampleRecipe): TradingDay[] {
  return recipe.tradingDates.map((date) => {
    const day = tradingDay(date);
    if (day === null) throw new RangeError(`${date} is not a trading day`);
    return day;
  });
}
