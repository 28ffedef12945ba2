import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays, formatKst, type TradeDate, tradeDate } from "../record/index.ts";
import type { VenueCode } from "./session-hours.ts";
import { nextTradingDate, previousTradingDate, tradingDay, tradingDays } from "./trading-day.ts";

const phasesOf = (date: string, venue: VenueCode) =>
  tradingDay(tradeDate(date), venue)?.phases.map(
    ({ name, startUs, endUs }) =>
      `${name} ${formatKst(startUs).slice(11, 19)}-${formatKst(endUs).slice(11, 19)}`,
  ) ?? null;

const regular = [
  "continuous 09:00:00-15:20:00",
  "closing-auction 15:20:00-15:30:00",
  "after-close 15:40:00-16:00:00",
];

describe("the phases of a day", () => {
  it.each<[string, VenueCode, string[] | null]>([
    [
      "2019-04-26",
      "KRX",
      ["opening-auction 08:00:00-09:00:00", ...regular, "single-price 16:00:00-18:00:00"],
    ],
    [
      "2019-04-29",
      "KRX",
      ["opening-auction 08:30:00-09:00:00", ...regular, "single-price 16:00:00-18:00:00"],
    ],
    [
      "2026-09-11",
      "KRX",
      ["opening-auction 08:30:00-09:00:00", ...regular, "single-price 16:00:00-18:00:00"],
    ],
    [
      "2026-09-14",
      "KRX",
      ["opening-auction 08:30:00-09:00:00", ...regular, "after-market 16:00:00-20:00:00"],
    ],
    [
      "2026-01-02",
      "KRX",
      [
        "opening-auction 09:30:00-10:00:00",
        "continuous 10:00:00-15:20:00",
        "closing-auction 15:20:00-15:30:00",
        "after-close 15:40:00-16:00:00",
        "single-price 16:00:00-18:00:00",
      ],
    ],
    [
      "2025-11-13",
      "KRX",
      [
        "opening-auction 09:30:00-10:00:00",
        "continuous 10:00:00-16:20:00",
        "closing-auction 16:20:00-16:30:00",
        "after-close 16:40:00-17:00:00",
        "single-price 17:00:00-18:00:00",
      ],
    ],
    ["2025-02-28", "NXT", null],
    [
      "2025-03-04",
      "NXT",
      [
        "pre-market 08:00:00-08:50:00",
        "continuous 09:00:30-15:20:00",
        "single-price 15:30:00-15:40:00",
        "after-market 15:40:00-20:00:00",
      ],
    ],
    [
      "2026-01-02",
      "NXT",
      ["continuous 10:00:30-15:20:00", "single-price 15:30:00-15:40:00", "after-market 15:40:00-20:00:00"],
    ],
    [
      "2025-11-13",
      "NXT",
      ["continuous 10:00:30-16:20:00", "single-price 16:30:00-16:40:00", "after-market 16:40:00-20:00:00"],
    ],
    ["2025-05-01", "NXT", null],
  ])("%s %s", (date, venue, phases) => {
    expect(phasesOf(date, venue)).toEqual(phases);
  });

  it("are given as the same frozen day each time", () => {
    const date = tradeDate("2025-06-02");
    expect(tradingDay(date)).toBe(tradingDay(date, "KRX"));
    expect(Object.isFrozen(tradingDay(date))).toBe(true);
    expect(tradingDay(date)).not.toBe(tradingDay(date, "NXT"));
  });
});

describe("stepping through the calendar", () => {
  it.each([
    ["2025-10-02", "2025-10-10"],
    ["2025-12-30", "2026-01-02"],
    ["2025-12-31", "2026-01-02"],
    ["2026-05-01", "2026-05-04"],
  ])("after %s comes %s", (date, next) => {
    expect(nextTradingDate(tradeDate(date))).toBe(next);
  });

  const someDate = fc
    .integer({ min: 10, max: 3640 })
    .map((days) => addDays(tradeDate("2018-01-01"), days) satisfies TradeDate);

  it("next and previous are the neighbours in the list of trading days", () => {
    fc.assert(
      fc.property(someDate, (date) => {
        const around = tradingDays(tradeDate("2018-01-01"), tradeDate("2027-12-31")).map((day) => day.date);
        expect(nextTradingDate(date)).toBe(around.find((other) => other > date));
        expect(previousTradingDate(date)).toBe(around.findLast((other) => other < date));
      }),
      { numRuns: 50 },
    );
  });
});
