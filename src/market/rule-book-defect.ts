import { ObserverError } from "../errors/index.ts";

/** A data file of the rule book that cannot be used. `found` names the entry and what is wrong with it. */
export function ruleBookDefect(file: string, found: string, cause?: unknown): ObserverError {
  return new ObserverError(
    "OBS_RULE_BOOK_INVALID",
    `market/data/${file}: ${found}.`,
    `correct that entry; "Adding a date" in docs/rule-book.md tells what a file must hold, or reinstall to get the shipped file back.`,
    cause,
  );
}
