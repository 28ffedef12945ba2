import { type Price, priceFromNumber, type TradeDate } from "../record/index.ts";
import tickSizesFile from "./data/tick-sizes.json" with { type: "json" };
import { type Dated, datedPeriods, ruleInForce } from "./dated-periods.ts";
import type { Instrument } from "./instrument.ts";
import { ruleBookDefect } from "./rule-book-defect.ts";

interface Band {
  /** The band holds prices from here up to the next band. */
  readonly from: Price;
  readonly tick: Price;
}

interface TickTable extends Dated {
  /** Highest first, so that the first that begins at or below a price holds it. */
  readonly bands: readonly Band[];
}

const FILE = "tick-sizes.json";

/** The tables of one market or product. Throws ObserverError OBS_RULE_BOOK_INVALID. */
export function readTickTables(
  entries: readonly { from: string; bands: readonly { fromWon: number; tickWon: number }[] }[],
): readonly TickTable[] {
  return datedPeriods(FILE, entries).map((period) => {
    const bands = period.bands.map(({ fromWon, tickWon }) => ({
      from: priceFromNumber(fromWon),
      tick: priceFromNumber(tickWon),
    }));
    for (const [i, band] of bands.entries()) {
      const below = bands[i - 1];
      const starts = below === undefined ? band.from === 0 : band.from > below.from;
      // Rounding relies on it: a bound on both grids makes rounding up to it land on the next band's own grid.
      const onBothGrids =
        band.from % band.tick === 0 && (below === undefined || band.from % below.tick === 0);
      if (!starts || !onBothGrids || band.tick <= 0) {
        throw ruleBookDefect(
          FILE,
          `table from ${period.from}, band ${i + 1}: not ascending or off the tick grid`,
        );
      }
    }
    return { from: period.from, bands: bands.reverse() };
  });
}

const stockTables = {
  KOSPI: readTickTables(tickSizesFile.stock.KOSPI),
  KOSDAQ: readTickTables(tickSizesFile.stock.KOSDAQ),
  KONEX: readTickTables(tickSizesFile.stock.KONEX),
};
const productTables = {
  etf: readTickTables(tickSizesFile.etf),
  etn: readTickTables(tickSizesFile.etn),
  elw: readTickTables(tickSizesFile.elw),
};

/**
 * The price step at a price, in ten-thousandths of a won. A price on a band's bound has the upper band's step.
 * Throws RangeError for a price that is not above zero and for a date before the first table.
 */
export function tickSize(instrument: Instrument, date: TradeDate, price: Price): Price {
  const tables =
    instrument.kind === "stock" ? stockTables[instrument.market] : productTables[instrument.kind];
  const { bands } = ruleInForce(tables, date, "tick size");
  if (price > 0) {
    for (const band of bands) {
      if (price >= band.from) return band.tick;
    }
  }
  throw new RangeError(`no tick size for the price ${price}; it must be above zero`);
}
