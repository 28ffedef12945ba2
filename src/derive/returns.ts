import type { TradeDate } from "../record/index.ts";
import { type Store, sqlFile } from "../store/index.ts";
import { inTransaction } from "./in-transaction.ts";
import { koreanDay } from "./korean-day.ts";

export interface ReturnsRequest {
  /** All symbols when left out. */
  symbols?: readonly string[];
  /** Korean dates, both included. */
  from: TradeDate;
  to: TradeDate;
}

const rangeOf = ({ from, to, symbols }: ReturnsRequest) => [
  koreanDay(from).start,
  koreanDay(to).end,
  symbols ?? null,
];

/** 10-minute bars whose `returns_pct` is not what their closes give. The triggers keep this at 0. */
export async function countWrongReturns(store: Store, request: ReturnsRequest): Promise<number> {
  const { rows } = await store.reader.query<{ wrong: number }>(
    sqlFile("count_wrong_returns"),
    rangeOf(request),
  );
  return rows[0]?.wrong ?? 0;
}

/** Recomputes the returns of a range and of the bar after it; returns how many were wrong. */
export async function mendReturns(store: Store, request: ReturnsRequest): Promise<number> {
  return await inTransaction(store, async (db) => {
    const { rows } = await db.query<{ mended: number }>(sqlFile("mend_returns"), rangeOf(request));
    return rows[0]?.mended ?? 0;
  });
}
