import { type TradeDate, tradeDate } from "../../record/index.ts";
import type { SampleRow } from "../check.ts";

/** The symbols of each Korean date among rows at fault, in order of date. The instant in `column` is Korean time. */
export function symbolDays(rows: readonly SampleRow[], column: string): Map<TradeDate, string[]> {
  const days = new Map<TradeDate, Set<string>>();
  for (const row of rows) {
    const date = tradeDate(String(row[column]).slice(0, 10));
    const symbols = days.get(date) ?? new Set();
    days.set(date, symbols);
    if (typeof row.symbol === "string") symbols.add(row.symbol);
  }
  return new Map(
    [...days]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([date, symbols]) => [date, [...symbols].sort()] as const),
  );
}
