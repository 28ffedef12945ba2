import { expect, test } from "vitest";
import { twoSidedP } from "./t-test.ts";

test("the golden t has the p that scipy computes", () => {
  expect(twoSidedP(0.9128784979269958, 20)).toBeCloseTo(0.37274515515205087, 12);
  expect(twoSidedP(-0.9128784979269958, 20)).toBe(twoSidedP(0.9128784979269958, 20));
});

test("t of 0 is no surprise at all", () => expect(twoSidedP(0, 30)).toBe(1));

test("the far tail keeps its digits and never becomes 0", () => {
  // scipy: 2 * t.cdf(-40, 30)
  expect((twoSidedP(40, 31) ?? 0) / 1.3726045194406417e-27).toBeCloseTo(1, 10);
  expect(twoSidedP(1e300, 500)).toBe(Number.MIN_VALUE);
});

test("no p below ten observations, none without a t", () => {
  expect(twoSidedP(3, 9)).toBeNull();
  expect(twoSidedP(3, 10)).toBeCloseTo(0.014956, 6);
  expect(twoSidedP(null, 30)).toBeNull();
});
