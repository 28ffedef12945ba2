import type { TradeDate } from "../record/index.ts";
import settlementFile from "./data/settlement.json" with { type: "json" };
import { datedPeriods, ruleInForce } from "./dated-periods.ts";
import { nextTradingDate } from "./trading-day.ts";

const cycles = datedPeriods("settlement.json", settlementFile.cycle);

/**
 * When shares and money of an execution change hands: T+2, counted in trading days.
 * An execution stamped on a closed day counts from that day. Throws RangeError outside `calendarCoverage()`.
 */
export function settlementDate(executionDate: TradeDate): TradeDate {
  const { tradingDays } = ruleInForce(cycles, executionDate, "settlement cycle");
  let date = executionDate;
  for (let i = 0; i < tradingDays; i++) date = nextTradingDate(date);
  return date;
}
