import { describe, expect, it } from "vitest";
import { readClosedDays } from "./closed-days.ts";
import { readPhases } from "./session-hours.ts";
import { readTickTables } from "./tick-size.ts";

const defect = (message: RegExp) =>
  expect.objectContaining({ code: "OBS_RULE_BOOK_INVALID", message: expect.stringMatching(message) });

describe("a data file is refused, naming the entry, for", () => {
  const newYear = { date: "2025-01-01", reason: "New Year's Day", source: "law" };
  const file = { from: "2025-01-01", to: "2025-12-31", plannedFrom: "2025-07-01", sources: { law: "Act" } };

  it.each([
    ["a weekend day", [{ ...newYear, date: "2025-03-01" }], /2025-03-01 is a weekend day/],
    ["a day that does not exist", [{ ...newYear, date: "2025-02-29" }], /"2025-02-29" is not a date/],
    ["a day listed twice", [newYear, newYear], /2025-01-01 is listed twice/],
    ["an unknown source", [{ ...newYear, source: "blog" }], /2025-01-01 names the unknown source "blog"/],
    ["a day it does not cover", [{ ...newYear, date: "2026-01-01" }], /2026-01-01 lies outside/],
    ["a fact in the future", [{ ...newYear, date: "2025-12-25" }], /2025-12-25 is marked fact/],
    ["a plan in the past", [{ ...newYear, status: "planned" }], /2025-01-01 is marked planned/],
    ["an unknown status", [{ ...newYear, status: "maybe" }], /unknown status "maybe"/],
  ])("%s", (_, closed, message) => {
    expect(readClosedDays({ ...file, closed: [newYear] }).closedDays.size).toBe(1);
    expect(() => readClosedDays({ ...file, closed })).toThrow(defect(message));
  });

  const continuous = { phase: "continuous", start: "09:00", end: "15:20" };
  it.each([
    [
      "overlapping phases",
      [continuous, { phase: "closing-auction", start: "15:10", end: "15:30" }],
      /overlaps/,
    ],
    ["an empty phase", [{ ...continuous, end: "09:00" }], /empty or overlaps/],
    ["an unknown phase", [{ ...continuous, phase: "lunch" }], /"lunch" is not a known phase/],
    ["a time that does not exist", [{ ...continuous, end: "24:00" }], /"24:00" is not a time of day/],
    ["a day without trading", [{ ...continuous, phase: "pre-market" }], /without continuous trading/],
  ])("%s", (_, phases, message) => {
    expect(readPhases([continuous])).toHaveLength(1);
    expect(() => readPhases(phases)).toThrow(defect(message));
  });

  const lowest = { fromWon: 0, tickWon: 2 };
  it.each([
    ["bands out of order", [lowest, { fromWon: 20, tickWon: 5 }, { fromWon: 10, tickWon: 10 }], /band 3/],
    ["a first band above zero", [{ fromWon: 2, tickWon: 2 }], /band 1/],
    ["a bound off the grid below it", [lowest, { fromWon: 5, tickWon: 5 }], /band 2/],
    ["a bound off its own grid", [lowest, { fromWon: 4, tickWon: 5 }], /band 2/],
    ["a tick of nothing", [{ fromWon: 0, tickWon: 0 }], /band 1/],
  ])("%s", (_, bands, message) => {
    expect(
      readTickTables([{ from: "2020-01-01", bands: [lowest, { fromWon: 10, tickWon: 5 }] }]),
    ).toHaveLength(1);
    expect(() => readTickTables([{ from: "2020-01-01", bands }])).toThrow(defect(message));
  });
});
