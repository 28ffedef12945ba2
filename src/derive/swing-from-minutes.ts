import type { TradeDate } from "../record/index.ts";
import { type Store, sqlFile } from "../store/index.ts";
import { type Connection, inTransaction } from "./in-transaction.ts";
import { datesBetween, type KoreanDay, koreanDay } from "./korean-day.ts";
import { syncSessionsOfDates } from "./market-sessions.ts";
import type { Symbols } from "./minute-bars.ts";

export interface SwingBarsRequest {
  /** All symbols when left out. */
  symbols?: readonly string[];
  /** Korean dates, both included. */
  from: TradeDate;
  to: TradeDate;
  signal?: AbortSignal;
}

export interface SwingBarsReport {
  days: number;
  inserted: number;
  updated: number;
  /** Bars whose minutes are gone. */
  removed: number;
  interrupted: boolean;
}

/**
 * Builds 10-minute bars from 1-minute bars on the grid of the dated calendar, where no other source has a bar; their
 * `source` is `1m`. Dates outside the calendar, and closed ones, get none. Each date is one transaction.
 */
export async function buildSwingBarsFromMinutes(
  store: Store,
  request: SwingBarsRequest,
): Promise<SwingBarsReport> {
  const dates = datesBetween(request.from, request.to);
  const symbols = request.symbols ?? null;
  const report = { days: 0, inserted: 0, updated: 0, removed: 0, interrupted: false };
  await syncSessionsOfDates(store, dates);
  for (const date of dates) {
    if (request.signal?.aborted === true) return { ...report, interrupted: true };
    const built = await inTransaction(store, (db) =>
      buildSwingBarsOfDay(db, koreanDay(date), symbols, "all"),
    );
    report.days++;
    report.inserted += built.inserted;
    report.updated += built.updated;
    report.removed += built.removed;
  }
  return report;
}

export interface BuiltSwingBars {
  inserted: number;
  updated: number;
  removed: number;
  /** Whose bars changed. */
  symbols: string[];
}

/** One date within the caller's transaction; `existing` keeps to symbols that have such bars on the date already. */
export async function buildSwingBarsOfDay(
  db: Connection,
  day: KoreanDay,
  symbols: Symbols,
  extent: "all" | "existing",
): Promise<BuiltSwingBars> {
  const built = await db.query<Omit<BuiltSwingBars, "removed">>(sqlFile("build_swing_bars_from_minutes"), [
    day.date,
    day.start,
    day.end,
    symbols,
    extent === "existing",
  ]);
  const [bars] = built.rows;
  if (bars === undefined) throw new Error("building bars returned no counts");
  const deleted = await db.query(sqlFile("delete_minuteless_swing_bars"), [day.start, day.end, symbols]);
  return { ...bars, removed: deleted.rowCount ?? 0 };
}
