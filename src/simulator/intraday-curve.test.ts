import { expect, test } from "vitest";
import { volatilityCurve, volumeCurve } from "./intraday-curve.ts";

test.each([38, 32])("over %i slots volume is U-shaped and averages 1", (slots) => {
  const curve = volumeCurve(slots);
  const at = (x: number) => curve[Math.floor(x * (slots - 1))]!;
  expect(curve.reduce((sum, weight) => sum + weight, 0) / slots).toBeCloseTo(1, 12);
  expect(at(0)).toBeGreaterThan(2 * at(0.6));
  expect(at(1)).toBeGreaterThan(1.3 * at(0.6));
  expect(at(0)).toBeGreaterThan(at(1));
});

test("the day's variance does not depend on how it is spread", () => {
  const curve = volatilityCurve(38);
  expect(curve.reduce((sum, factor) => sum + factor * factor, 0) / 38).toBeCloseTo(1, 12);
  expect(curve[0]).toBeGreaterThan(curve[20]!);
});
