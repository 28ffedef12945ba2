import { expect, test } from "vitest";
import { type FixedHoldOptions, fixedHoldTrades } from "./fixed-hold-trades.ts";

/** 2025-03-04 09:00 KST. */
const OPEN_US = Date.UTC(2025, 2, 4) * 1000;
const SLOT_US = 600_000_000;
const NO_COSTS = {
  fromDay: Int32Array.of(),
  commissionRate: Float64Array.of(),
  sellTaxRate: Float64Array.of(),
};
const LONG_AFTER_A_FALL: FixedHoldOptions = {
  entryThreshold: 0.01,
  exitThreshold: Number.NaN,
  holdBars: 2,
  mode: "mean_reversion",
  directions: "long",
  fill: "signal_close",
  costs: NO_COSTS,
};

/** One bar a price from 09:00 on, opening at the close before; null is a missing bar. */
function bars(closes: readonly (number | null)[], degraded: readonly number[] = []) {
  const present = closes.flatMap((close, slot) => (close === null ? [] : [{ close, slot }]));
  return {
    barTimeUs: Float64Array.from(present, ({ slot }) => OPEN_US + slot * SLOT_US),
    open: Float64Array.from(present, ({ close, slot }) => closes[slot - 1] ?? close),
    close: Float64Array.from(present, ({ close }) => close),
    isNormal: Uint8Array.from(present, ({ slot }) => (degraded.includes(slot) ? 0 : 1)),
  };
}
const spans = (columns: ReturnType<typeof bars>, options: Partial<FixedHoldOptions> = {}) => {
  const trades = fixedHoldTrades(columns, { ...LONG_AFTER_A_FALL, ...options });
  return Array.from(trades.signalIndex, (signal, i) => [signal, trades.exitIndex[i]]);
};

test("buys a fall of exactly the threshold and sells when the hold is over", () => {
  const trades = fixedHoldTrades(bars([20_000, 19_800, 19_900, 20_100]), LONG_AFTER_A_FALL);
  expect(Array.from(trades.side)).toEqual([1]);
  expect(Array.from(trades.signalIndex)).toEqual([1]);
  expect(Array.from(trades.exitIndex)).toEqual([3]);
  expect(Array.from(trades.grossReturn)).toEqual([20_100 / 19_800 - 1]);
  expect(trades.netReturn).toEqual(trades.grossReturn);
  expect(Array.from(trades.day)).toEqual([20_151]);
});

test("a hold that the day does not have room for is not begun", () => {
  expect(spans(bars([20_000, 19_800, 19_900]))).toEqual([]);
});

test("a missing or degraded bar before the signal, or anywhere in the hold, forbids the trade", () => {
  expect(spans(bars([20_000, null, 19_800, 19_900, 20_100]))).toEqual([]);
  expect(spans(bars([20_000, 19_800, null, 20_100]))).toEqual([]);
  expect(spans(bars([20_000, 19_800, 19_900, null, 20_100]))).toEqual([]);
  expect(spans(bars([20_000, 19_800, 19_900, 20_100], [0]))).toEqual([]);
  expect(spans(bars([20_000, 19_800, 19_900, 20_100], [2]))).toEqual([]);
});

test("a hole after the early exit forbids the trade too: an outcome must not choose its trades", () => {
  expect(spans(bars([20_000, 19_800, 20_200, null]), { exitThreshold: 0.01 })).toEqual([]);
  expect(spans(bars([20_000, 19_800, 20_200, 20_200]), { exitThreshold: 0.01 })).toEqual([[1, 2]]);
});

test("leaves at the first close that is far enough in favour, on either side", () => {
  const falling = bars([20_000, 20_200, 20_150, 19_990, 19_000]);
  expect(spans(falling, { directions: "short", exitThreshold: 0.01, holdBars: 3 })).toEqual([[1, 3]]);
  expect(spans(falling, { directions: "short", exitThreshold: 0.02, holdBars: 3 })).toEqual([[1, 4]]);
});

test("one position at a time: a signal within a trade is passed over, one on its exit bar is not", () => {
  const steady = bars([20_000, 19_800, 19_600, 19_400, 19_200, 19_000]);
  expect(spans(steady)).toEqual([
    [1, 3],
    [3, 5],
  ]);
});

test("momentum buys a rise, and both directions share one position", () => {
  const swings = bars([20_000, 20_200, 20_000, 20_000, 19_700, 19_700, 19_700]);
  expect(spans(swings, { mode: "momentum" })).toEqual([[1, 3]]);
  expect(spans(swings, { mode: "momentum", directions: "short" })).toEqual([[4, 6]]);
  const trades = fixedHoldTrades(swings, { ...LONG_AFTER_A_FALL, mode: "momentum", directions: "both" });
  expect(Array.from(trades.side)).toEqual([1, -1]);
});

test("the next open is a later price than the signal's close", () => {
  const columns = bars([20_000, 19_800, 19_900, 20_100]);
  columns.open[2] = 19_850;
  const trades = fixedHoldTrades(columns, { ...LONG_AFTER_A_FALL, fill: "next_open" });
  expect(Array.from(trades.entryPrice)).toEqual([19_850]);
  expect(Array.from(trades.exitPrice)).toEqual([20_100]);
});

test("a long pays commission twice and tax at the end, a short tax at the beginning", () => {
  const costs = {
    fromDay: Int32Array.of(0, 20_151),
    commissionRate: Float64Array.of(0.9, 0.001),
    sellTaxRate: Float64Array.of(0, 0.002),
  };
  const [long] = fixedHoldTrades(bars([20_000, 19_800, 19_900, 20_100]), {
    ...LONG_AFTER_A_FALL,
    costs,
  }).netReturn;
  expect(long).toBeCloseTo((20_100 * 0.997) / (19_800 * 1.001) - 1, 15);
  const short = { ...LONG_AFTER_A_FALL, directions: "short" as const, costs };
  const [down] = fixedHoldTrades(bars([20_000, 20_200, 20_100, 19_900]), short).netReturn;
  expect(down).toBeCloseTo(1 - (19_900 * 1.001) / (20_200 * 0.997), 15);
});

test("a day before the first known cost is an error, not free", () => {
  const costs = {
    fromDay: Int32Array.of(20_152),
    commissionRate: Float64Array.of(0),
    sellTaxRate: Float64Array.of(0),
  };
  expect(() =>
    fixedHoldTrades(bars([20_000, 19_800, 19_900, 20_100]), { ...LONG_AFTER_A_FALL, costs }),
  ).toThrow(RangeError);
});
