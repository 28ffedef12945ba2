import type { Price, TradeDate } from "../record/index.ts";
import limitsFile from "./data/price-limits.json" with { type: "json" };
import { type Dated, datedPeriods, ruleInForce } from "./dated-periods.ts";
import type { Instrument } from "./instrument.ts";
import { roundToTick } from "./tick-grid.ts";
import { tickSize } from "./tick-size.ts";

/** Part of the base price a day may move, as an exact fraction; null without a limit. */
type Width = { numerator: number; denominator: number } | null;

const read = (entries: readonly { from: string; width: Width }[]): readonly (Dated & { width: Width })[] =>
  datedPeriods("price-limits.json", entries);

const stockLimits = {
  KOSPI: read(limitsFile.stock.KOSPI),
  KOSDAQ: read(limitsFile.stock.KOSDAQ),
  KONEX: read(limitsFile.stock.KONEX),
};
const productLimits = { etf: read(limitsFile.etf), etn: read(limitsFile.etn), elw: read(limitsFile.elw) };

/**
 * The lowest and highest price of a day. The width is cut to whole ticks of the base price, then each limit to the
 * grid of its own band, inwards: 71,500 won moves 21,400, between 50,100 and 92,900. Warrants: 0 and Infinity.
 *
 * `basePrice` is the exchange's base price (the previous close, adjusted on ex-dates), at most 3e11 won.
 * Prefer the limits a broker delivers: first days of trading, liquidation trading and leveraged funds have others.
 * Throws RangeError for a base price that is not above zero and for a date before the first rule.
 */
export function priceLimits(
  instrument: Instrument,
  date: TradeDate,
  basePrice: Price,
): { lower: Price; upper: Price } {
  const periods =
    instrument.kind === "stock" ? stockLimits[instrument.market] : productLimits[instrument.kind];
  const { width } = ruleInForce(periods, date, "price limit");
  if (width === null) return { lower: 0 as Price, upper: Number.POSITIVE_INFINITY as Price };
  const tick = tickSize(instrument, date, basePrice);
  const ticks = Math.floor((basePrice * width.numerator) / (width.denominator * tick));
  return {
    lower: roundToTick(instrument, date, (basePrice - ticks * tick) as Price, "up"),
    upper: roundToTick(instrument, date, (basePrice + ticks * tick) as Price, "down"),
  };
}
