import fc from "fast-check";
import { expect, test } from "vitest";
import { benjaminiYekutieli } from "./benjamini-yekutieli.ts";
import { drawdowns } from "./drawdowns.ts";
import { mean, sampleDeviation } from "./sample-moments.ts";
import { tradeMetrics } from "./trade-metrics.ts";

// Twenty returns with values computed by numpy, scipy and pandas.
const RETURNS = Float64Array.of(
  ...[0.012, -0.008, 0.005, 0.021, -0.015, 0.003, -0.002, 0.017, -0.011, 0.009],
  ...[0.004, -0.006, 0.014, -0.019, 0.007, 0.01, -0.004, 0.002, 0.016, -0.009],
);
const oneADay = (n: number) => Int32Array.from({ length: n }, (_, i) => 20_000 + i);
const NO_DAYS = new Int32Array(0);

/** Twenty additions and multiplications of numbers near 1: 20 × 2⁻⁵³ ≈ 2e-15, and a margin for the root. */
const DIGITS = 14;

test("the golden returns have the moments that the libraries compute", () => {
  expect(mean(RETURNS)).toBeCloseTo(0.0023, 17);
  expect(sampleDeviation(RETURNS)).toBeCloseTo(0.011267559395753905, DIGITS);
});

test("the golden returns, one a day, have the metrics that the libraries compute", () => {
  const metrics = tradeMetrics(RETURNS, oneADay(20), NO_DAYS);
  expect(metrics).toMatchObject({ trades: 20, wins: 12, losses: 8, winRate: 0.6, notes: [] });
  expect(metrics).toMatchObject({ maxReturn: 0.021, minReturn: -0.019 });
  expect(metrics.tStatistic).toBeCloseTo(0.9128784979269958, 13);
  expect(metrics.profitFactor).toBeCloseTo(1.621621621621622, 13);
  expect(metrics.totalReturn).toBeCloseTo(0.04576097327338102, DIGITS);
  expect(metrics.maxDrawdown).toBeCloseTo(0.019, DIGITS);
  expect(metrics.avgDrawdown).toBeCloseTo((0.008 + 0.015 + 0.011 + 0.006 + 0.019 + 0.009) / 6, DIGITS);
  expect(metrics.sharpeRatio).toBeCloseTo(0.20412583765626635 * Math.sqrt(252), 12);
  expect(metrics.sortinoRatio).toBeCloseTo(0.34135000188742687 * Math.sqrt(252), 12);
});

test("days without a trade count as 0 in Sharpe and Sortino, and change no other metric", () => {
  const days = Int32Array.from({ length: 40 }, (_, i) => 20_000 + i);
  const dense = tradeMetrics(RETURNS, oneADay(20), NO_DAYS);
  const sparse = tradeMetrics(RETURNS, oneADay(20), days);
  const daily = Float64Array.from(days, (_, i) => RETURNS[i] ?? 0);
  expect(sparse.sharpeRatio).toBeCloseTo((mean(daily) / sampleDeviation(daily)) * Math.sqrt(252), 12);
  expect(sparse.sortinoRatio).toBeCloseTo(dense.sortinoRatio / Math.SQRT2, 12);
  expect({ ...sparse, sharpeRatio: 0, sortinoRatio: 0 }).toEqual({
    ...dense,
    sharpeRatio: 0,
    sortinoRatio: 0,
  });
});

test.each([
  ["no trades", [], 20, ["no trades"]],
  [
    "only gains",
    [0.01, 0.02],
    20,
    ["profit factor: no losing trade", "Sortino: no losing day", "average drawdown: no drawdown"],
  ],
  ["one loss in a short span", [-0.01], 5, ["Sharpe, Sortino: fewer than 20 days", "t: fewer than 2 trades"]],
  [
    "the same loss every day",
    Array(20).fill(-0.01),
    20,
    ["Sharpe: daily returns do not vary", "t: returns do not vary"],
  ],
])("what is undefined is NaN and says why: %s", (_, returns, days, notes) => {
  const metrics = tradeMetrics(Float64Array.from(returns), oneADay(returns.length), oneADay(days));
  expect(metrics.notes).toEqual(notes);
  const undefinedBecause: Record<string, number> = {
    "profit factor": metrics.profitFactor,
    Sharpe: metrics.sharpeRatio,
    Sortino: metrics.sortinoRatio,
    "average drawdown": metrics.avgDrawdown,
    t: metrics.tStatistic,
  };
  for (const [metric, value] of Object.entries(undefinedBecause)) {
    const named = notes.some(
      (note) => note === "no trades" || note.split(":")[0]?.split(", ").includes(metric),
    );
    expect(Number.isNaN(value), metric).toBe(named);
  }
});

test("flat trades at different prices lose the same, though rounding says otherwise: no t", () => {
  const flat = [10_100, 10_350, 71_500, 333_000].map((price) => (price * 0.9983) / (price * 1.00015) - 1);
  expect(new Set(flat).size).toBeGreaterThan(1);
  expect(tradeMetrics(Float64Array.from(flat), oneADay(4), NO_DAYS).tStatistic).toBeNaN();
});

test("a fall in the first period is a drawdown from 1", () => {
  expect(drawdowns(Float64Array.of(0.9, 1.05)).deepest).toBeCloseTo(0.1, DIGITS);
});

test("a peak regained by rounding only is regained", () => {
  const regained = Float64Array.of(0.99, 1 / 0.99, 0.98, 1 / 0.98, 0.97);
  expect(drawdowns(regained).meanTrough).toBeCloseTo((0.01 + 0.02 + 0.03) / 3, DIGITS);
});

test("drawdowns equal their definition over all pairs of instants", () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0.8, max: 1.2, noNaN: true }), { maxLength: 40 }), (growth) => {
      const levels = [1];
      for (const factor of growth) levels.push((levels.at(-1) ?? 1) * factor);
      const falls = levels.flatMap((level, i) => levels.slice(0, i + 1).map((peak) => 1 - level / peak));
      expect(drawdowns(Float64Array.from(growth)).deepest).toBeCloseTo(Math.max(0, ...falls), 13);
    }),
  );
});

const P_VALUES = Float64Array.of(0.001, 0.008, 0.039, 0.041, 0.042, 0.06, 0.074, 0.205, 0.212, 0.216);
const ADJUSTED = [
  ...[0.02929, 0.117159, 0.246033, 0.246033, 0.246033, 0.292897, 0.309634],
  ...[0.632657, 0.632657, 0.632657],
];

test("Benjamini–Yekutieli gives the published values, in any order", () => {
  const shuffled = [7, 2, 9, 0, 4, 1, 8, 3, 6, 5];
  const adjusted = benjaminiYekutieli(Float64Array.from(shuffled, (i) => P_VALUES[i] ?? Number.NaN));
  shuffled.forEach((from, to) => {
    expect(adjusted[to]).toBeCloseTo(ADJUSTED[from] ?? Number.NaN, 6);
  });
});

test("a trial without a p counts as one that found nothing", () => {
  const padded = benjaminiYekutieli(Float64Array.of(...P_VALUES, 1, 1));
  const counted = benjaminiYekutieli(Float64Array.of(...P_VALUES, Number.NaN), 12);
  expect(Array.from(counted.slice(0, 10))).toEqual(Array.from(padded.slice(0, 10)));
  expect(counted[10]).toBeNaN();
  expect(() => benjaminiYekutieli(P_VALUES, 9)).toThrow(RangeError);
});
