import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { recordedCsv, whyNoRecordedData } from "../../test/recorded-data.ts";
import { type Price, priceFromNumber, type TradeDate, tradeDate } from "../record/index.ts";
import { INSTRUMENT_KINDS, type Instrument, MARKETS, type Market } from "./instrument.ts";
import { isOnTickGrid, type RoundingDirection, roundToTick, shiftByTicks } from "./tick-grid.ts";
import { tickSize } from "./tick-size.ts";

const won = priceFromNumber;
const stock = (market: Market): Instrument => ({ market, kind: "stock" });
const etf: Instrument = { market: "KOSPI", kind: "etf" };

describe("tick sizes", () => {
  const firstPrices = [1, 1000, 2000, 5000, 10000, 20000, 50000, 100000, 200000, 500000, 1500000];
  it.each<[string, Instrument, string, number[]]>([
    ["KOSPI before", stock("KOSPI"), "2023-01-24", [1, 5, 5, 10, 50, 50, 100, 500, 500, 1000, 1000]],
    ["KOSDAQ before", stock("KOSDAQ"), "2023-01-24", [1, 5, 5, 10, 50, 50, 100, 100, 100, 100, 100]],
    ["KONEX before", stock("KONEX"), "2023-01-24", [1, 5, 5, 10, 50, 50, 100, 100, 100, 100, 100]],
    ["KOSPI since", stock("KOSPI"), "2023-01-25", [1, 1, 5, 10, 10, 50, 100, 100, 500, 1000, 1000]],
    ["KOSDAQ since", stock("KOSDAQ"), "2023-01-25", [1, 1, 5, 10, 10, 50, 100, 100, 500, 1000, 1000]],
    ["KONEX since", stock("KONEX"), "2023-01-25", [1, 1, 5, 10, 10, 50, 100, 100, 500, 1000, 1000]],
    ["ETF before", etf, "2023-12-10", [5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5]],
    ["ETF since", etf, "2023-12-11", [1, 1, 5, 5, 5, 5, 5, 5, 5, 5, 5]],
    ["ELW", { market: "KOSPI", kind: "elw" }, "2026-01-05", [5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5]],
  ])("%s the change", (_, instrument, date, ticks) => {
    const ours = firstPrices.map((price) => tickSize(instrument, tradeDate(date), won(price)));
    expect(ours).toEqual(ticks.map(won));
  });

  it.each([1999.99, 4999, 19_990, 49_950, 199_900, 499_500])("%d is still below the bound", (price) => {
    const date = tradeDate("2025-06-02");
    const below = tickSize(stock("KOSPI"), date, won(price));
    expect(below).toBeLessThan(tickSize(stock("KOSPI"), date, won(price + 500)));
  });

  it.each([0, -5, Number.NaN])("refuses the price %d", (price) => {
    const date = tradeDate("2025-06-02");
    expect(() => tickSize(etf, date, price as Price)).toThrow(RangeError);
    expect(isOnTickGrid(etf, date, price as Price)).toBe(false);
  });

  it("refuses a date before its first table", () => {
    expect(() => tickSize(stock("KOSPI"), tradeDate("2009-06-01"), won(1000))).toThrow(
      /begins on 2010-10-04/,
    );
  });
});

describe("rounding to the grid", () => {
  const date = tradeDate("2025-06-02");

  it.each<[number, RoundingDirection, number]>([
    [71_450, "down", 71_400],
    [71_450, "up", 71_500],
    [71_449, "nearest", 71_400],
    [71_450, "nearest", 71_500],
    [71_500, "up", 71_500],
    [1999.5, "up", 2000],
    [1999.5, "down", 1999],
    [4998, "nearest", 5000],
    [199_950, "up", 200_000],
    [0.5, "down", 0],
  ])("%d %s is %d", (price, direction, rounded) => {
    expect(roundToTick(stock("KOSPI"), date, won(price), direction)).toBe(won(rounded));
  });

  it.each([
    [2000, -1, 1999],
    [1999, 1, 2000],
    [1999, 2, 2005],
    [5010, -2, 4995],
    [200_000, -1, 199_900],
    [200_000, 1, 200_500],
    [71_450, 1, 71_500],
    [71_450, -1, 71_400],
    [2003, -1, 2000],
    [3, -9, 1],
    [71_500, 0, 71_500],
  ])("%d by %i steps is %d", (price, steps, shifted) => {
    expect(shiftByTicks(stock("KOSDAQ"), date, won(price), steps)).toBe(won(shifted));
  });

  const anyInstrument: fc.Arbitrary<Instrument> = fc.record({
    market: fc.constantFrom(...MARKETS),
    kind: fc.constantFrom(...INSTRUMENT_KINDS),
  });
  const anyDate: fc.Arbitrary<TradeDate> = fc
    .constantFrom("2019-09-20", "2023-01-24", "2023-01-25", "2023-12-08", "2023-12-11", "2026-11-20")
    .map(tradeDate);
  const anyPrice = fc
    .oneof(
      fc.integer({ min: 1, max: 20_000_000_000 }),
      fc
        .constantFrom(1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000, 200_000, 500_000)
        .chain((bound) => fc.integer({ min: won(bound) - 20_000, max: won(bound) + 20_000 })),
    )
    .map((scaled) => scaled as Price);

  /** What rounding means, tick by tick: the last grid price at or below, the first at or above. */
  function neighbours(instrument: Instrument, on: TradeDate, price: Price): [number, number] {
    const onGrid = (candidate: number) =>
      candidate === 0 || candidate % tickSize(instrument, on, candidate as Price) === 0;
    const oneWon = won(1);
    let down = price - (price % oneWon);
    while (!onGrid(down)) down -= oneWon;
    let up = Math.ceil(price / oneWon) * oneWon;
    while (!onGrid(up)) up += oneWon;
    return [down, up];
  }

  it("agrees with walking won by won, stays on the grid, keeps its direction and changes nothing twice", () => {
    fc.assert(
      fc.property(anyInstrument, anyDate, anyPrice, (instrument, on, price) => {
        const [below, above] = neighbours(instrument, on, price);
        const down = roundToTick(instrument, on, price, "down");
        const up = roundToTick(instrument, on, price, "up");
        const nearest = roundToTick(instrument, on, price, "nearest");
        expect([down, up]).toEqual([below, above]);
        expect(nearest).toBe(price - below < above - price ? below : above);
        for (const rounded of [down, up, nearest]) {
          if (rounded === 0) continue;
          expect(isOnTickGrid(instrument, on, rounded)).toBe(true);
          expect(roundToTick(instrument, on, rounded, "down")).toBe(rounded);
          expect(roundToTick(instrument, on, rounded, "up")).toBe(rounded);
        }
        expect(isOnTickGrid(instrument, on, price)).toBe(down === price);
      }),
    );
  });

  it("steps there and back end where they began", () => {
    fc.assert(
      fc.property(
        anyInstrument,
        anyDate,
        anyPrice,
        fc.integer({ min: 1, max: 40 }),
        (instrument, on, price, n) => {
          const start = roundToTick(instrument, on, price, "up");
          const away = shiftByTicks(instrument, on, start, n);
          expect(away).toBeGreaterThan(start);
          expect(isOnTickGrid(instrument, on, away)).toBe(true);
          expect(shiftByTicks(instrument, on, away, -n)).toBe(start);
        },
      ),
    );
  });
});

const BARS = "krx_full_market_1m_20190920";
const SYMBOLS = "krx_symbols";
const missing = whyNoRecordedData(BARS) || whyNoRecordedData(SYMBOLS);
describe.skipIf(missing !== "")(`the whole market of 2019-09-20${missing}`, () => {
  it("closed every minute on the grid of its market", () => {
    const markets = new Map<string, Market>();
    for (const { code = "", market = "" } of recordedCsv(SYMBOLS, "listed.csv.gz")) {
      const known = MARKETS.find((each) => market.startsWith(each));
      if (known !== undefined) markets.set(code, known);
    }
    const date = tradeDate("2019-09-20");
    const checked = { KOSPI: 0, KOSDAQ: 0, KONEX: 0 };
    const offGrid: string[] = [];
    for (const { code = "", close = "" } of recordedCsv(BARS, "bars_1m_20190920.csv.gz")) {
      const market = markets.get(code);
      if (market === undefined) continue;
      checked[market] += 1;
      if (!isOnTickGrid(stock(market), date, won(Number(close)))) offGrid.push(`${code} ${market} ${close}`);
    }
    expect(offGrid).toEqual([]);
    expect(Math.min(...Object.values(checked))).toBeGreaterThan(1000);
  });
});
