import { describe, expect, it } from "vitest";
import { recordedCsv, whyNoRecordedData } from "../../test/recorded-data.ts";
import { addDays, formatKst, tradeDate } from "../record/index.ts";
import { calendarCoverage, closedDay } from "./calendar.ts";
import { tradingDay, tradingDays } from "./trading-day.ts";

const clock = (timeUs: Parameters<typeof formatKst>[0]) => formatKst(timeUs).slice(11, 16);

describe("the calendar", () => {
  it.each([
    ["2018", 244],
    ["2019", 246],
    ["2020", 248],
    ["2021", 248],
    ["2022", 246],
    ["2023", 245],
    ["2024", 244],
    ["2025", 242],
    ["2026", 244],
    ["2027", 246],
  ])("%s has %i trading days", (year, count) => {
    expect(tradingDays(tradeDate(`${year}-01-01`), tradeDate(`${year}-12-31`))).toHaveLength(count);
  });

  it.each([
    ["2018-06-13", "local elections", "fact"],
    ["2019-12-31", "exchange year-end closing", "fact"],
    ["2026-07-17", "Constitution Day", "fact"],
    ["2026-08-17", "substitute holiday for Liberation Day", "planned"],
    ["2027-07-19", "substitute holiday for Constitution Day", "unsure"],
  ])("%s is closed: %s (%s)", (text, reason, status) => {
    const date = tradeDate(text);
    expect(tradingDay(date)).toBeNull();
    expect(closedDay(date)).toMatchObject({ date, reason, status });
  });

  it("opens on days that other lists call holidays", () => {
    for (const text of ["2026-09-28", "2021-12-27", "2022-05-09", "2018-09-27"]) {
      expect(tradingDay(tradeDate(text)), text).not.toBeNull();
    }
  });

  it("knows why a day is closed for every closed weekday, and only for those", () => {
    const { from, to } = calendarCoverage();
    for (let date = from; date <= to; date = addDays(date, 1)) {
      const weekday = new Date(`${date}T00:00:00Z`).getUTCDay();
      const weekend = weekday === 0 || weekday === 6;
      expect(closedDay(date) !== null, date).toBe(!weekend && tradingDay(date) === null);
    }
  });

  it("gives every year one late opening, on its first trading day, and one exam Thursday in late autumn", () => {
    for (let year = 2018; year <= 2027; year++) {
      const days = tradingDays(tradeDate(`${year}-01-01`), tradeDate(`${year}-12-31`));
      expect(days.filter((day) => day.kind === "late-open")).toEqual([days[0]]);
      const exams = days.filter((day) => day.kind === "exam");
      expect(exams).toHaveLength(1);
      expect(exams[0]?.date).toMatch(/-1[12]-/);
      expect(new Date(`${exams[0]?.date}T00:00:00Z`).getUTCDay()).toBe(4);
    }
  });

  it.each(["2017-12-31", "2028-01-01"])("refuses %s, which it does not cover", (text) => {
    expect(() => tradingDay(tradeDate(text))).toThrow(RangeError);
  });
});

const CALENDAR = "krx_calendar";
const missing = whyNoRecordedData(CALENDAR);
describe.skipIf(missing !== "")(`the recorded calendar of 2020-2025${missing}`, () => {
  it("has the same days and hours, day for day", () => {
    const recorded = new Map(
      recordedCsv(CALENDAR, "sessions.csv").map((row) => [row.date, `${row.open_kst}-${row.close_kst}`]),
    );
    const ours = new Map(
      tradingDays(tradeDate("2020-01-01"), tradeDate("2025-12-31")).map((day) => [
        String(day.date),
        `${clock(day.openUs)}-${clock(day.closeUs)}`,
      ]),
    );
    expect(recorded.size).toBe(1473);
    expect(ours).toEqual(recorded);
  });

  it("closes the same weekdays", () => {
    const recorded = recordedCsv(CALENDAR, "closed_weekdays.csv").map((row) => row.date);
    const ours: string[] = [];
    for (let date = tradeDate("2020-01-01"); date <= "2025-12-31"; date = addDays(date, 1)) {
      if (closedDay(date) !== null) ours.push(date);
    }
    expect(ours).toEqual(recorded);
  });

  it("has the same special hours", () => {
    const recorded = recordedCsv(CALENDAR, "special_hours.csv").map((row) => Object.values(row).join(" "));
    const ours = tradingDays(tradeDate("2020-01-01"), tradeDate("2025-12-31"))
      .filter((day) => day.kind !== "normal")
      .map((day) => `${day.date} ${clock(day.openUs)} ${clock(day.closeUs)}`);
    expect(ours).toEqual(recorded);
  });
});
