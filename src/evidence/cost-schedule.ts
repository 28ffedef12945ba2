import {
  type CommissionPreset,
  commissionRate,
  type Instrument,
  PPB_PER_UNIT,
  PPM_PER_UNIT,
  sellTaxRate,
  tradingDays,
} from "../market/index.ts";
import type { TradeDate } from "../record/index.ts";

/** What executions cost from each date on, earliest first. Fractions. */
export interface CostSchedule {
  readonly from: readonly TradeDate[];
  readonly commissionRates: readonly number[];
  readonly sellTaxRates: readonly number[];
}

export const NO_COSTS: CostSchedule = { from: [], commissionRates: [], sellTaxRates: [] };

/**
 * The rule book's costs of an instrument as dated steps of *execution* dates: the tax goes by settlement, so a new
 * year's rate begins two trading days before the year. Throws RangeError outside `calendarCoverage()`.
 */
export function costSchedule(
  preset: CommissionPreset,
  instrument: Instrument,
  from: TradeDate,
  to: TradeDate,
): CostSchedule {
  const steps: { from: TradeDate; commission: number; tax: number }[] = [];
  for (const date of [from, ...tradingDays(from, to).map((day) => day.date)]) {
    const commission = commissionRate(preset, instrument, date) / PPB_PER_UNIT;
    const tax = sellTaxRate(instrument, date) / PPM_PER_UNIT;
    const last = steps.at(-1);
    if (last?.commission !== commission || last.tax !== tax) steps.push({ from: date, commission, tax });
  }
  return {
    from: steps.map((step) => step.from),
    commissionRates: steps.map((step) => step.commission),
    sellTaxRates: steps.map((step) => step.tax),
  };
}
