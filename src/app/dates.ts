import { ObserverError } from "../errors/index.ts";
import { isTradeDate, type TradeDate } from "../record/index.ts";

/** A date given by a user under the name of its option. Throws OBS_ARGUMENT_INVALID. */
export function requireDate(option: string, text: string): TradeDate {
  if (isTradeDate(text)) return text;
  throw new ObserverError(
    "OBS_ARGUMENT_INVALID",
    `--${option} ${text} is not a date.`,
    "give a day that exists as YYYY-MM-DD.",
  );
}
