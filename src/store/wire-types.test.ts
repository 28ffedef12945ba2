import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatInstant, formatPrice, type Price, type TimeUs } from "../record/index.ts";
import { numericToScaled, timestampToUs } from "./wire-types.ts";

describe("numericToScaled", () => {
  test.each([
    ["71450.0000", 714_500_000],
    ["0.0001", 1],
    ["-12.5", -125_000],
    ["7", 70_000],
    ["99999999999.9999", 999_999_999_999_999],
    ["1.50000", 15_000],
    ["1.00001", Number.NaN],
    ["NaN", Number.NaN],
    ["Infinity", Number.NaN],
  ])("%s", (text, scaled) => expect(numericToScaled(text)).toBe(scaled));

  test("undoes formatPrice", () =>
    fc.assert(
      fc.property(fc.integer({ min: -(10 ** 15), max: 10 ** 15 }), (scaled) => {
        expect(numericToScaled(formatPrice(scaled as Price))).toBe(scaled);
      }),
    ));
});

describe("timestampToUs", () => {
  test.each([
    ["2026-01-22 00:31:05.12+00", "2026-01-22T00:31:05.120Z"],
    ["2026-01-22 09:31:05.123456+09", "2026-01-22T00:31:05.123456Z"],
    ["2026-01-21 20:01:05-04:30", "2026-01-22T00:31:05.000Z"],
  ])("%s", (text, instant) => expect(formatInstant(timestampToUs(text))).toBe(instant));

  test("infinity is no instant", () => expect(timestampToUs("infinity")).toBeNaN());

  test("undoes formatInstant", () =>
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4_000_000_000_000_000 }), (timeUs) => {
        const text = formatInstant(timeUs as TimeUs)
          .replace("T", " ")
          .replace("Z", "+00");
        expect(timestampToUs(text)).toBe(timeUs);
      }),
    ));
});
