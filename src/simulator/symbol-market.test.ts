import fc from "fast-check";
import { expect, test, vi } from "vitest";
import { isOnTickGrid, tradingDay, tradingDays } from "../market/index.ts";
import { PRICE_SCALE, tradeDate } from "../record/index.ts";
import { simulateBars, simulateHalfSeconds } from "./simulated-day.ts";
import { simulatedListings } from "./simulated-listing.ts";
import { SymbolMarket } from "./symbol-market.ts";
import type { TenMinuteBar } from "./ten-minute-bar.ts";

// Simulated days take a second or two; a busy machine may need many.
vi.setConfig({ testTimeout: 60_000 });

const days = tradingDays(tradeDate("2026-01-02"), tradeDate("2026-01-08"));
const [lateOpen, ...normalDays] = days;

const listingOf = (seed: number, number: number) => simulatedListings(seed, number).at(-1)!;

test("bars keep to the grid, the limits and the order of open, high, low, close", () => {
  fc.assert(
    fc.property(fc.nat(), fc.integer({ min: 1, max: 60 }), (seed, number) => {
      const listing = listingOf(seed, number);
      const instrument = { market: listing.market, kind: "stock" } as const;
      const market = new SymbolMarket(seed, listing, days[0]!);
      for (const day of days) {
        const bars = simulateBars(market, day);
        expect(bars.length).toBe(day === lateOpen ? 33 : 39);
        const { lower, upper } = market.priceLimits;
        for (const bar of bars) {
          const prices = [bar.open, bar.high, bar.low, bar.close, bar.bidPrice, bar.askPrice];
          const isWrong =
            prices.some(
              (price) => !isOnTickGrid(instrument, day.date, price) || price < lower || price > upper,
            ) ||
            bar.high !== Math.max(bar.open, bar.high, bar.low, bar.close) ||
            bar.low !== Math.min(bar.open, bar.high, bar.low, bar.close);
          const isValueFit =
            bar.value * PRICE_SCALE >= bar.volume * bar.low &&
            bar.value * PRICE_SCALE <= bar.volume * bar.high;
          if (isWrong || bar.bidPrice >= bar.askPrice || !isValueFit)
            throw new Error(`impossible bar on ${day.date}: ${JSON.stringify(bar)}`);
        }
        expect(bars.reduce((sum, bar) => sum + bar.volume, 0)).toBe(market.acmlVolume);
        expect(bars.reduce((sum, bar) => sum + bar.value, 0)).toBe(market.acmlValue);
        const closing = bars.at(-1)!;
        expect([closing.open, closing.high, closing.low]).toEqual([
          closing.close,
          closing.close,
          closing.close,
        ]);
        expect(closing.volume).toBeGreaterThan(0);
      }
    }),
    { numRuns: 25 },
  );
});

test("half seconds add up: volumes to the counters, samples to the bars, every trade at a quote or an auction", () => {
  fc.assert(
    fc.property(fc.nat(), (seed) => {
      const day = normalDays[0]!;
      const markets = simulatedListings(seed, 2).map((listing) => new SymbolMarket(seed, listing, day));
      const barsOf: TenMinuteBar[][] = [[], []];
      const volumes = [0, 0];
      const values = [0, 0];
      let samples = 0;
      let withoutChange = 0;
      let before = "";
      for (const halfSecond of simulateHalfSeconds(markets, day, barsOf)) {
        if (halfSecond !== samples++) throw new Error(`half second ${halfSecond} out of order`);
        markets.forEach((market, i) => {
          volumes[i]! += market.volume;
          values[i]! += market.volume * (market.lastPrice / PRICE_SCALE);
          const isAuction = halfSecond === 0 || halfSecond === 46_800;
          const isQuoted = market.lastPrice === market.bidPrice || market.lastPrice === market.askPrice;
          if (market.volume > 0 && !isAuction && !isQuoted)
            throw new Error(`traded between at ${halfSecond}`);
          if (market.bidPrice >= market.askPrice) throw new Error(`crossed at ${halfSecond}`);
          if (market.acmlVolume !== volumes[i]) throw new Error(`volume lost at ${halfSecond}`);
          if (market.acmlValue !== values[i]) throw new Error(`value lost at ${halfSecond}`);
        });
        const { bidPrice, bidSize, askSize, volume } = markets[0]!;
        const now = `${bidPrice} ${bidSize} ${askSize} ${volume}`;
        if (now === before) withoutChange++;
        before = now;
      }
      expect(samples).toBe(46_801);
      expect(withoutChange).toBeGreaterThan(1_000);
      barsOf.forEach((bars, i) => {
        expect(bars.length).toBe(39);
        expect(bars.reduce((sum, bar) => sum + bar.volume, 0)).toBe(volumes[i]);
      });
    }),
    { numRuns: 2 },
  );
});

test("a symbol's days do not depend on how many symbols there are, nor on other seeds' days", () => {
  const closes = (seed: number, count: number) => {
    const market = new SymbolMarket(seed, simulatedListings(seed, count)[2]!, days[0]!);
    return days.flatMap((day) => simulateBars(market, day).map((bar) => bar.close));
  };
  expect(closes(5, 3)).toEqual(closes(5, 40));
  expect(closes(5, 3)).not.toEqual(closes(6, 3));
});

test("the market opens where the calendar says: an exam day has its 39 bars too", () => {
  const exam = tradingDay(tradeDate("2025-11-13"))!;
  const market = new SymbolMarket(3, listingOf(3, 1), exam);
  expect(simulateBars(market, exam).length).toBe(39);
});
