import { describe, expect, it } from "vitest";
import { tradeDate } from "../record/index.ts";
import { datedPeriods, inForce, ruleInForce } from "./dated-periods.ts";

describe("dated periods", () => {
  const periods = datedPeriods("test.json", [
    { from: "2020-01-01", rate: 1 },
    { from: "2021-07-01", rate: 2 },
  ]);

  it.each([
    ["2019-12-31", undefined],
    ["2020-01-01", 1],
    ["2021-06-30", 1],
    ["2021-07-01", 2],
    ["2030-01-01", 2],
  ])("on %s: %s", (date, rate) => {
    expect(inForce(periods, tradeDate(date))?.rate).toBe(rate);
  });

  it("refuses a date before the first", () => {
    expect(() => ruleInForce(periods, tradeDate("2019-12-31"), "rate")).toThrow(
      "the rule book has no rate for 2019-12-31; it begins on 2020-01-01",
    );
  });

  it.each([
    ["a day that does not exist", [{ from: "2025-02-30" }], /test\.json: "2025-02-30" is not a date/],
    ["periods out of order", [{ from: "2025-02-03" }, { from: "2025-02-03" }], /does not follow/],
  ])("refuses %s, naming the file", (_, entries, message) => {
    expect(() => datedPeriods("test.json", entries)).toThrow(
      expect.objectContaining({ code: "OBS_RULE_BOOK_INVALID", message: expect.stringMatching(message) }),
    );
  });
});
