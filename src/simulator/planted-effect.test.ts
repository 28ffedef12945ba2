import { readFileSync } from "node:fs";
import { expect, test, vi } from "vitest";
import { tradingDays } from "../market/index.ts";
import { tradeDate } from "../record/index.ts";
import { PLANTED_EFFECTS, type PlantedEffect, pullAfter } from "./planted-effect.ts";
import { simulateBars } from "./simulated-day.ts";
import { type SimulatedListing, simulatedListings } from "./simulated-listing.ts";
import { SymbolMarket } from "./symbol-market.ts";
import type { TenMinuteBar } from "./ten-minute-bar.ts";

// A year takes a fraction of a second; a busy machine may need many.
vi.setConfig({ testTimeout: 60_000 });

const SEED = 4711;
const YEAR = tradingDays(tradeDate("2024-02-01"), tradeDate("2024-12-30"));
const [reversion60, reversion30, momentum60] = simulatedListings(SEED, 13).slice(10);

interface Sampled {
  runs: number;
  mean: number;
  standardError: number;
}

function yearOf(listing: SimulatedListing): TenMinuteBar[][] {
  const market = new SymbolMarket(SEED, listing, YEAR[0]!);
  return YEAR.map((day) => simulateBars(market, day));
}

/**
 * Returns of trading a law by the book over a year: in when a bar closes `triggerReturn` away from the one before,
 * out when the horizon has passed, one trade at a time. `priceOf` says what a side pays.
 */
function tradeByTheBook(
  days: readonly TenMinuteBar[][],
  law: PlantedEffect,
  returnOf: (entry: TenMinuteBar, exit: TenMinuteBar, side: 1 | -1) => number,
): Sampled {
  const horizon = law.horizonMinutes / 10;
  const returns: number[] = [];
  for (const bars of days) {
    for (let slot = 1; slot + horizon < bars.length - 1; slot++) {
      const side = pullAfter(law, bars[slot]!.close / bars[slot - 1]!.close - 1);
      if (side === 0) continue;
      returns.push(returnOf(bars[slot]!, bars[slot + horizon]!, side));
      slot += horizon - 1;
    }
  }
  const mean = returns.reduce((sum, r) => sum + r, 0) / returns.length;
  const squares = returns.reduce((sum, r) => sum + (r - mean) ** 2, 0);
  return {
    runs: returns.length,
    mean,
    standardError: Math.sqrt(squares / (returns.length - 1) / returns.length),
  };
}

const mid = (bar: TenMinuteBar) => (bar.bidPrice + bar.askPrice) / 2;
const grossReturn = (entry: TenMinuteBar, exit: TenMinuteBar, side: 1 | -1) =>
  (side * (mid(exit) - mid(entry))) / entry.close;
const returnAfterSpread = (entry: TenMinuteBar, exit: TenMinuteBar, side: 1 | -1) =>
  side === 1
    ? (exit.bidPrice - entry.askPrice) / entry.close
    : (entry.bidPrice - exit.askPrice) / entry.close;

// Four standard errors: a right law fails once in 16,000 seeds, and the seed is fixed.
test.each([reversion60!, reversion30!, momentum60!])("$symbol yields what its law states", (listing) => {
  const law = listing.effect!;
  const { runs, mean, standardError } = tradeByTheBook(yearOf(listing), law, grossReturn);
  expect(runs).toBeGreaterThan(600);
  expect(Math.abs(mean - law.expectedReturn)).toBeLessThan(4 * standardError);
  expect(mean).toBeGreaterThan(10 * standardError);
});

test.each([reversion60!, reversion30!, momentum60!])("$symbol without its effect is noise", (listing) => {
  const law = listing.effect!;
  const noise = yearOf({ ...listing, effect: null });
  const gross = tradeByTheBook(noise, law, grossReturn);
  expect(gross.runs).toBeGreaterThan(600);
  expect(Math.abs(gross.mean)).toBeLessThan(4 * gross.standardError);
  expect(tradeByTheBook(noise, law, returnAfterSpread).mean).toBeLessThan(gross.mean);
});

test("the symbols stated as noise have no law: all of them together, traded both ways, lose the spread", () => {
  const law = reversion60!.effect!;
  const years = simulatedListings(SEED, 21).slice(13).map(yearOf);
  for (const kind of ["mean-reversion", "momentum"] as const) {
    const sampled = years.map((year) => tradeByTheBook(year, { ...law, kind }, returnAfterSpread));
    const runs = sampled.reduce((sum, { runs }) => sum + runs, 0);
    const mean = sampled.reduce((sum, { runs, mean }) => sum + runs * mean, 0) / runs;
    const standardError =
      Math.sqrt(sampled.reduce((sum, { runs, standardError: se }) => sum + (runs * se) ** 2, 0)) / runs;
    expect(mean).toBeLessThan(-4 * standardError);
  }
});

test("pullAfter follows its definition at the bounds", () => {
  const law = {
    kind: "mean-reversion",
    triggerReturn: 0.01,
    horizonMinutes: 60,
    expectedReturn: 0.01,
  } as const;
  expect([0.01, -0.01, 0.0099, 0, Number.NaN].map((r) => pullAfter(law, r))).toEqual([-1, 1, 0, 0, 0]);
  expect([0.02, -0.02].map((r) => pullAfter({ ...law, kind: "momentum" }, r))).toEqual([1, -1]);
});

test("docs/sample-data.md tells of the effects as they are planted", () => {
  const page = readFileSync(new URL("../../docs/sample-data.md", import.meta.url), "utf8");
  const rows = page.split("\n").filter((line) => line.startsWith("| `SIM"));
  const planted = [...PLANTED_EFFECTS].map(([number, { kind, horizonMinutes, expectedReturn }]) => {
    const bps = Math.round(expectedReturn * 10_000);
    return `| \`SIM0${number}\` | ${kind.replace("-", " ")} over ${horizonMinutes} minutes | ${bps} bps |`;
  });
  expect(rows).toEqual(planted);
});
