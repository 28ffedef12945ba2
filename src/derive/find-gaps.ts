import type { TradeDate } from "../record/index.ts";
import { type Store, sqlFile } from "../store/index.ts";
import { DEFAULT_SILENCE_SECONDS, reconcileHoles } from "./gaps-of-day.ts";
import { type Connection, inTransaction } from "./in-transaction.ts";
import { datesBetween, type KoreanDay, koreanDay } from "./korean-day.ts";
import { syncSessionsOfDates } from "./market-sessions.ts";
import { findTickSymbols, type Symbols } from "./minute-bars.ts";

export interface GapsRequest {
  /** All symbols when left out. */
  symbols?: readonly string[];
  /** Korean dates, both included. */
  from: TradeDate;
  to: TradeDate;
  /** Ticks further apart than this, where they come at 1 Hz or more, are a gap. 10 when left out. */
  silenceSeconds?: number;
  signal?: AbortSignal;
}

export interface GapsReport {
  days: number;
  recorded: number;
  removed: number;
  interrupted: boolean;
}

/** Looks for holes in the ticks and 10-minute bars of whole dates and brings `scalp_gaps` up to what is found. */
export async function findGaps(store: Store, request: GapsRequest): Promise<GapsReport> {
  const dates = datesBetween(request.from, request.to);
  const silenceSeconds = request.silenceSeconds ?? DEFAULT_SILENCE_SECONDS;
  const symbols = request.symbols ?? null;
  const report = { days: 0, recorded: 0, removed: 0, interrupted: false };
  await syncSessionsOfDates(store, dates);
  for (const date of dates) {
    if (request.signal?.aborted === true) return { ...report, interrupted: true };
    const day = koreanDay(date);
    const counts = await inTransaction(store, async (db) => {
      const ticked = await findTickSymbols(db, day, symbols);
      const scalp = await reconcileHoles(db, day, "scalp", ticked, silenceSeconds);
      const barred = await findSwingSymbols(db, day, symbols);
      const swing = await reconcileHoles(db, day, "swing", barred, silenceSeconds);
      return { recorded: scalp.recorded + swing.recorded, removed: scalp.removed + swing.removed };
    });
    report.days++;
    report.recorded += counts.recorded;
    report.removed += counts.removed;
  }
  return report;
}

/** The symbols with 10-minute bars on a day, and those with holes recorded on it: their bars may be gone. */
async function findSwingSymbols(db: Connection, day: KoreanDay, wanted: Symbols): Promise<string[]> {
  const range = [day.start, day.end];
  const { rows } = await db.query<{ symbol: string }>(sqlFile("find_swing_symbols"), [...range, wanted]);
  return rows.map((row) => row.symbol);
}
