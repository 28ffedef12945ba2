import type pg from "pg";
import type { TradeDate } from "../record/index.ts";
import { sqlFile } from "./sql-file.ts";

/** A symbol's stretch of daily prices that were written. */
export interface DailySpan {
  symbol: string;
  firstDate: TradeDate;
  lastDate: TradeDate;
}

/** Brings `prev_close` of written rows and of their successors up to the rows there are; once per chunk of rows. */
export async function mendPreviousCloses(
  db: Pick<pg.Client, "query">,
  spans: readonly DailySpan[],
): Promise<void> {
  if (spans.length === 0) return;
  await db.query(sqlFile("mend_previous_closes"), [
    spans.map((span) => span.symbol),
    spans.map((span) => span.firstDate),
    spans.map((span) => span.lastDate),
  ]);
}
