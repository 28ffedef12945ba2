import fc from "fast-check";
import { expect, test } from "vitest";
import type { Price } from "../record/index.ts";
import { scaledReturn } from "./bar-returns.ts";

const price = (value: number) => value as Price;

test.each([
  [700_000_000, 703_000_000, 428_571],
  [703_000_000, 700_000_000, -426_743],
  [10_000, 10_000, 0],
  [20_000_000_000, 20_000_000_001, 0],
  [100_000_000, 100_000_001, 1],
  [200_000_000, 200_000_001, 1],
  [10_000, 1_009_900_000, Number.NaN],
])("from %i to %i", (previous, close, expected) => {
  expect(scaledReturn(price(previous), price(close))).toBe(expected);
});

test("equals the fraction to half a unit of the eighth decimal", () =>
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1e10 }), fc.integer({ min: 1, max: 1e10 }), (previous, close) => {
      const scaled = scaledReturn(price(previous), price(close));
      if (Number.isNaN(scaled)) return close / previous > 90;
      // Two roundings of doubles at most, each 2^-53 of a value below 1e10 in these units.
      return Math.abs(scaled - ((close - previous) / previous) * 1e8) <= 0.5 + 1e10 * 2 ** -52;
    }),
  ));
