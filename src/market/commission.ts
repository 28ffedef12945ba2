import type { TradeDate } from "../record/index.ts";
import commissionsFile from "./data/commissions.json" with { type: "json" };
import { type Dated, datedPeriods, ruleInForce } from "./dated-periods.ts";
import type { Instrument } from "./instrument.ts";
import { chargeOf, type PartsPerBillion } from "./rate.ts";

/** What a broker charges on each side, from a date on. */
export interface CommissionRates extends Dated {
  stockPpb: PartsPerBillion;
  /** ETF, ETN and ELW. */
  fundPpb: PartsPerBillion;
}

/** A broker's tariff. The shipped ones are starting points; users write their own in the same shape. */
export interface CommissionPreset {
  id: string;
  name: string;
  /** Earliest first. */
  periods: readonly CommissionRates[];
}

export const commissionPresets: readonly CommissionPreset[] = commissionsFile.presets.map((preset) => ({
  id: preset.id,
  name: preset.name,
  periods: datedPeriods("commissions.json", preset.periods).map((period) => ({
    from: period.from,
    stockPpb: period.stockPpb as PartsPerBillion,
    fundPpb: period.fundPpb as PartsPerBillion,
  })),
}));

/** The shipped preset of that name. Throws RangeError when there is none, naming those there are. */
export function commissionPreset(id: string): CommissionPreset {
  const preset = commissionPresets.find((known) => known.id === id);
  if (preset === undefined) {
    const known = commissionPresets.map((each) => each.id).join(", ");
    throw new RangeError(`no commission preset "${id}"; there are ${known}`);
  }
  return preset;
}

/** The rate of one side on its execution date. Throws RangeError before the preset's first period. */
export function commissionRate(
  preset: CommissionPreset,
  instrument: Instrument,
  executionDate: TradeDate,
): PartsPerBillion {
  const rates = ruleInForce(preset.periods, executionDate, `commission of ${preset.id}`);
  return instrument.kind === "stock" ? rates.stockPpb : rates.fundPpb;
}

/** The commission on an execution of `amount`; both in ten-thousandths of a won, the result cut to whole won. Throws as `commissionRate`. */
export function commission(
  preset: CommissionPreset,
  instrument: Instrument,
  executionDate: TradeDate,
  amount: number,
): number {
  return chargeOf(amount, commissionRate(preset, instrument, executionDate));
}
