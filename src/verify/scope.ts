import { ObserverError } from "../errors/index.ts";
import { addDays, formatInstant, isTradeDate, kstMidnightUs, type TradeDate } from "../record/index.ts";

/** What part of the data to look at; what is left out does not restrict. */
export interface VerifyScope {
  readonly tables?: readonly string[];
  readonly symbols?: readonly string[];
  /** Korean dates, both included. */
  readonly from?: string;
  readonly to?: string;
  /** Also compare the ledger with the files on disk. */
  readonly files?: boolean;
}

/** A checked scope, its dates as the instants [start, end) that PostgreSQL reads exactly. */
export interface Scope extends VerifyScope {
  readonly start: string | null;
  readonly end: string | null;
}

/** Throws OBS_ARGUMENT_INVALID for dates that do not exist or are in the wrong order, and for an empty list. */
export function checkScope(scope: VerifyScope): Scope {
  const { symbols, tables } = scope;
  const [from, to] = [checkDate(scope.from), checkDate(scope.to)];
  if (from !== undefined && to !== undefined && from > to)
    throw invalid(`start date ${from} is after end date ${to}`, "put the earlier date first.");
  if (symbols?.length === 0 || tables?.length === 0)
    throw invalid(
      "a list of symbols or tables is empty",
      "name at least one, or leave the list out for all.",
    );
  return {
    ...scope,
    start: from === undefined ? null : formatInstant(kstMidnightUs(from)),
    end: to === undefined ? null : formatInstant(kstMidnightUs(addDays(to, 1))),
  };
}

function checkDate(date: string | undefined): TradeDate | undefined {
  if (date === undefined || isTradeDate(date)) return date;
  throw invalid(`${JSON.stringify(date)} is not a date`, "use a day that exists, as YYYY-MM-DD.");
}

function invalid(message: string, mend: string): ObserverError {
  return new ObserverError("OBS_ARGUMENT_INVALID", message, mend);
}
