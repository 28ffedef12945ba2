import type { TradeDate } from "../record/index.ts";
import taxFile from "./data/transaction-tax.json" with { type: "json" };
import { datedPeriods, ruleInForce } from "./dated-periods.ts";
import type { Instrument } from "./instrument.ts";
import { chargeOf, type PartsPerMillion, PPB_PER_UNIT, PPM_PER_UNIT } from "./rate.ts";
import { settlementDate } from "./settlement.ts";

const periods = datedPeriods("transaction-tax.json", taxFile.bySettlementDate);
const exemptKinds = new Set(taxFile.exemptKinds);

/**
 * The tax on selling, securities transaction tax and rural special tax together, in parts per million.
 * The rate is that of the settlement date, so a new year's rate begins with the executions two trading days before.
 * Throws RangeError outside `calendarCoverage()`.
 */
export function sellTaxRate(instrument: Instrument, executionDate: TradeDate): PartsPerMillion {
  if (exemptKinds.has(instrument.kind)) return 0 as PartsPerMillion;
  const rates = ruleInForce(periods, settlementDate(executionDate), "transaction tax");
  const { market } = instrument;
  return (rates.securitiesTaxPpm[market] + rates.ruralTaxPpm[market]) as PartsPerMillion;
}

/** The tax on a sale of `amount`; both in ten-thousandths of a won, the result cut to whole won. Throws as `sellTaxRate`. */
export function sellTax(instrument: Instrument, executionDate: TradeDate, amount: number): number {
  return chargeOf(amount, sellTaxRate(instrument, executionDate) * (PPB_PER_UNIT / PPM_PER_UNIT));
}
