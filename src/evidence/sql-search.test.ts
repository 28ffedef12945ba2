import { expect, test } from "vitest";
import { isObserverError } from "../errors/index.ts";
import { tradeDate } from "../record/index.ts";
import { configHash } from "./config-hash.ts";
import { combinationsOf, type SqlSearchOptions, sqlSearch } from "./sql-search.ts";

const MARCH = { from: tradeDate("2025-03-01"), to: tradeDate("2025-03-31") };

test("the default grid is the original query's", () => {
  const search = sqlSearch({ symbols: "all", ...MARCH });
  expect(search.entryThresholds).toEqual([0.005, 0.01, 0.015, 0.02, 0.025, 0.03]);
  expect(search.exitThresholds).toEqual([0.003, 0.005, 0.007, 0.009, 0.011, 0.013, 0.015, 0.017, 0.019]);
  // Exits below each entry: 1 + 4 + 6 + 9 + 9 + 9.
  expect(combinationsOf(search)).toBe(38);
});

test("one question has one hash, however it is put", () => {
  const asked = sqlSearch({
    symbols: ["B00001", "A00001", "B00001"],
    entryThresholds: [0.02, 0.01],
    ...MARCH,
  });
  const again = sqlSearch({ symbols: ["A00001", "B00001"], entryThresholds: [0.01, 0.02], ...MARCH });
  expect(configHash({ ...asked })).toBe(configHash({ ...again }));
});

test("everything wrong with a search is said at once", () => {
  const wrong: SqlSearchOptions = {
    symbols: [],
    from: tradeDate("2025-03-31"),
    to: tradeDate("2025-03-01"),
    entryThresholds: [0.5, 5],
    exitThresholds: [7],
    holdBars: [1.5],
    costs: "free",
    minTrades: 0,
  };
  const caught = (() => {
    try {
      return sqlSearch(wrong);
    } catch (error) {
      return error;
    }
  })();
  expect(isObserverError(caught) && caught.code).toBe("OBS_SEARCH_INVALID");
  expect(String(caught)).toMatch(
    /ends.*before.*no symbols.*threshold 5 .*threshold 7 .*1\.5 bars.*no pair.*"free".*at least 0/,
  );
});
