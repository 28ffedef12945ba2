import type { TradeDate } from "../record/index.ts";
import { type Store, sqlFile } from "../store/index.ts";
import { inTransaction } from "./in-transaction.ts";
import { datesBetween, type KoreanDay, koreanDay } from "./korean-day.ts";
import { syncSessionsOfDates } from "./market-sessions.ts";
import { type BuiltMinutes, buildMinuteBars, findTickSymbols, type Symbols } from "./minute-bars.ts";
import { slicesWithMinutes } from "./slices.ts";

export interface BarsRequest {
  /** All symbols when left out. */
  symbols?: readonly string[];
  /** Korean dates, both included. */
  from: TradeDate;
  to: TradeDate;
  signal?: AbortSignal;
  /** Called after each date. */
  onProgress?: (report: BarsReport) => void;
}

export interface BarsReport {
  days: number;
  ticks: number;
  minutes: number;
  inserted: number;
  updated: number;
  /** Bars whose ticks are gone. */
  removed: number;
  interrupted: boolean;
}

/**
 * Builds the 1-minute bars of whole dates anew from their ticks. Writes only what differs, so that a second run writes
 * nothing; a bar from another source stays where ticks cover less than 0.7 of its minute. Each half hour is one transaction.
 */
export async function buildBars(store: Store, request: BarsRequest): Promise<BarsReport> {
  const symbols = request.symbols ?? null;
  const dates = datesBetween(request.from, request.to);
  const report = { days: 0, ticks: 0, minutes: 0, inserted: 0, updated: 0, removed: 0, interrupted: false };
  await syncSessionsOfDates(store, dates);
  for (const date of dates) {
    const finished = await buildDay(store, koreanDay(date), symbols, request.signal, (built) => {
      report.ticks += built.ticks;
      report.minutes += built.minutes;
      report.inserted += built.inserted;
      report.updated += built.updated;
      report.removed += built.removed;
    });
    if (!finished) return { ...report, interrupted: true };
    report.days++;
    request.onProgress?.({ ...report });
  }
  return report;
}

async function buildDay(
  store: Store,
  day: KoreanDay,
  symbols: Symbols,
  signal: AbortSignal | undefined,
  onBuilt: (built: BuiltMinutes) => void,
): Promise<boolean> {
  // Bars of a month whose ticks were archived have nothing to be built from, and must not be taken for leftovers.
  const { rows: months } = await store.writer.query(sqlFile("find_tick_month"), [day.monthStart]);
  if (months.length === 0) return true;
  const ticked = await findTickSymbols(store.writer, day, symbols);
  const due = { kind: "all", symbols: ticked, barsOf: symbols } as const;
  for (const slice of await slicesWithMinutes(store.writer, day, ticked)) {
    if (signal?.aborted === true) return false;
    onBuilt(await inTransaction(store, (db) => buildMinuteBars(db, day, slice, due)));
  }
  return true;
}
