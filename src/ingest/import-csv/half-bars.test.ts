import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { kst, sampleBar, won } from "../../../test/sample-records.ts";
import { MINUTE_US, type SwingBar, type TimeUs } from "../../record/index.ts";
import { HalfBars } from "./half-bars.ts";

const HALF_US = 5 * MINUTE_US;
const START_US = kst("2026-01-22", "09:00:00");

function joinAll(halves: readonly SwingBar[]): SwingBar[] {
  const joiner = new HalfBars();
  const bars = halves.flatMap((half) => joiner.add(half) ?? []);
  return [...bars, ...joiner.flush()];
}

const half = (clock: string, change: Partial<SwingBar> = {}) =>
  sampleBar({ barTimeUs: kst("2026-01-22", clock), value: 7, ...change });

describe("what joins", () => {
  test.each([
    ["both halves", ["09:10:00", "09:15:00"], ["normal"]],
    ["the later one first", ["09:15:00", "09:10:00"], ["normal"]],
    ["one half", ["09:10:00"], ["degraded"]],
    ["two bars of one half each", ["09:05:00", "09:10:00"], ["degraded", "degraded"]],
    ["the call of the closing auction, with its print", ["15:25:00"], ["normal"]],
    ["a print stamped with the close", ["15:20:00", "15:30:00"], ["normal"]],
    ["the call without its print", ["15:20:00"], ["degraded"]],
  ])("%s", (_what, clocks, flags) => {
    expect(joinAll(clocks.map((clock) => half(clock))).map(({ qualityFlag }) => qualityFlag)).toEqual(flags);
  });

  test("of the same half twice the later holds", () => {
    const [bar] = joinAll([
      half("09:00:00", { volume: 1 }),
      half("09:00:00", { volume: 2 }),
      half("09:05:00", { volume: 4 }),
    ]);
    expect(bar).toMatchObject({ volume: 6, value: 14, qualityFlag: "normal" });
  });

  test.each([
    ["a half whose trades have no volume", { volume: 0 }, "degraded"],
    [
      "a half without trades",
      { volume: 0, high: won(71_000), low: won(71_000), open: won(71_000), close: won(71_000) },
      "normal",
    ],
    ["a half that the gate degraded", { qualityFlag: "degraded" as const }, "degraded"],
  ])("%s", (_what, change, flag) => {
    expect(joinAll([half("09:00:00", change), half("09:05:00")])).toMatchObject([{ qualityFlag: flag }]);
  });
});

test("joined bars are what their halves say together, whatever symbols lie between", () => {
  const price = fc.integer({ min: 1, max: 50 });
  const row = fc.record({
    symbol: fc.constantFrom("000001", "000002", "000003"),
    slot: fc.integer({ min: 0, max: 5 }),
    part: fc.constantFrom(0, 1),
    prices: fc.array(price, { minLength: 4, maxLength: 4 }),
    volume: fc.integer({ min: 1, max: 9 }),
  });
  fc.assert(
    fc.property(fc.array(row, { maxLength: 40 }), (rows) => {
      // In the order of time within each symbol; of one half twice the later holds, which is what a map keeps.
      const inOrder = [...rows].sort((a, b) => a.slot * 2 + a.part - (b.slot * 2 + b.part));
      const halves = inOrder.map(({ symbol, slot, part, prices, volume }) => {
        const [open = 1, close = 1, a = 1, b = 1] = prices;
        return sampleBar({
          symbol,
          volume,
          barTimeUs: (START_US + (slot * 2 + part) * HALF_US) as TimeUs,
          open: won(open),
          close: won(close),
          high: won(Math.max(open, close, a, b)),
          low: won(Math.min(open, close, a, b)),
        });
      });
      const kept = [...new Map(halves.map((one) => [`${one.symbol} ${one.barTimeUs}`, one])).values()];
      const keyOf = (one: SwingBar) =>
        `${one.symbol} ${Math.floor((one.barTimeUs - START_US) / (2 * HALF_US))}`;
      const expected = [...new Set(kept.map(keyOf))].map((key) => {
        const parts = kept.filter((one) => keyOf(one) === key);
        return {
          key,
          open: parts[0]?.open,
          close: parts.at(-1)?.close,
          high: Math.max(...parts.map(({ high }) => high)),
          low: Math.min(...parts.map(({ low }) => low)),
          volume: parts.reduce((sum, { volume }) => sum + volume, 0),
          flag: parts.length === 2 ? "normal" : "degraded",
        };
      });
      const found = joinAll(halves).map((bar) => {
        const { open, close, high, low, volume, qualityFlag: flag } = bar;
        return { key: keyOf(bar), open, close, high, low, volume, flag };
      });
      const byKey = (a: { key: string }, b: { key: string }) => (a.key < b.key ? -1 : 1);
      expect(found.sort(byKey)).toEqual(expected.sort(byKey));
    }),
  );
});
