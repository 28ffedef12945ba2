import { expect, test } from "vitest";
import { commissionPreset } from "../market/index.ts";
import { tradeDate } from "../record/index.ts";
import { costSchedule } from "./cost-schedule.ts";

const preset = commissionPreset("kis-bankis-online");

test("the tax of 2025 begins with executions on 2024-12-27, which settle in 2025", () => {
  const schedule = costSchedule(
    preset,
    { market: "KOSPI", kind: "stock" },
    tradeDate("2024-12-20"),
    tradeDate("2025-01-10"),
  );
  expect(schedule).toEqual({
    from: ["2024-12-20", "2024-12-27"],
    commissionRates: [0.000140527, 0.000140527],
    sellTaxRates: [0.0018, 0.0015],
  });
});

test("funds pay their own commission and no tax", () => {
  const schedule = costSchedule(
    preset,
    { market: "KOSPI", kind: "etf" },
    tradeDate("2024-12-21"),
    tradeDate("2025-01-10"),
  );
  expect(schedule).toEqual({ from: ["2024-12-21"], commissionRates: [0.000146527], sellTaxRates: [0] });
});
