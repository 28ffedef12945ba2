import { expect, test } from "vitest";
import { openStream, RandomStream, splitMix64 } from "./random-stream.ts";

test("xoshiro128** gives the published sequence from the state 1, 2, 3, 4", () => {
  // the test vector of the rand_xoshiro crate
  const stream = new RandomStream(1, 2, 3, 4);
  expect(Array.from({ length: 10 }, () => stream.uint32())).toEqual([
    11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597, 4258142804,
  ]);
});

test("splitMix64 gives the published sequence for the seed 1234567", () => {
  const gamma = 0x9e3779b97f4a7c15n;
  expect([1n, 2n, 3n].map((n) => splitMix64(1_234_567n + n * gamma))).toEqual([
    6457827717110365317n,
    3203168211198807973n,
    9817491932198370423n,
  ]);
});

test("bell has mean 0, variance 1 and stays within its bound", () => {
  const stream = openStream(1, 2);
  const n = 200_000;
  let sum = 0;
  let squares = 0;
  let largest = 0;
  for (let i = 0; i < n; i++) {
    const x = stream.bell();
    sum += x;
    squares += x * x;
    largest = Math.max(largest, Math.abs(x));
  }
  // five standard errors: of the mean 1/√n, of the second moment √(kurtosis − 1)/√n with kurtosis 2.7
  expect(Math.abs(sum / n)).toBeLessThan(5 / Math.sqrt(n));
  expect(Math.abs(squares / n - 1)).toBeLessThan((5 * Math.sqrt(1.7)) / Math.sqrt(n));
  expect(largest).toBeLessThanOrEqual(2 * Math.sqrt(3) + 1e-4);
});

test("a stream depends on its seed and on every step of its path", () => {
  const first = (...path: [number, ...number[]]) => openStream(...path).uint32();
  const paths: [number, ...number[]][] = [[1], [2], [1, 0], [1, 1], [1, 0, 0], [1, 0, 1], [2 ** 40 + 1]];
  expect(new Set(paths.map((path) => first(...path))).size).toBe(paths.length);
});
