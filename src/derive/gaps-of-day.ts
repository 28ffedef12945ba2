import type { GapScope } from "../record/index.ts";
import { sqlFile } from "../store/index.ts";
import type { Connection } from "./in-transaction.ts";
import type { KoreanDay } from "./korean-day.ts";

export interface HoleCounts {
  recorded: number;
  removed: number;
}

/** Silence longer than this is a gap (specification of the live collectors, who use the same). */
export const DEFAULT_SILENCE_SECONDS = 10;

/** So many symbols' ticks of a day, at full rate 2.3 million, are read in about 2 s; the writer allows 30. */
const SYMBOLS_PER_STATEMENT = 50;

/**
 * Brings the holes recorded in `scalp_gaps` to what the data of some symbols on one date show, within the caller's
 * transaction: new holes are recorded, those that late data filled are removed, those that a ledger explains are left to it.
 */
export async function reconcileHoles(
  db: Connection,
  day: KoreanDay,
  scope: Exclude<GapScope, "all">,
  symbols: readonly string[],
  silenceSeconds: number,
): Promise<HoleCounts> {
  if (symbols.length === 0) return { recorded: 0, removed: 0 };
  await db.query(sqlFile("stage_found_gaps"));
  const range = [day.date, day.start, day.end];
  for (let start = 0; start < symbols.length; start += SYMBOLS_PER_STATEMENT) {
    const some = symbols.slice(start, start + SYMBOLS_PER_STATEMENT);
    if (scope === "scalp") await db.query(sqlFile("fill_tick_gaps"), [...range, some, silenceSeconds]);
    else await db.query(sqlFile("fill_swing_gaps"), [...range, some]);
  }
  await db.query(sqlFile("discard_gaps_of_ledger"));
  // Before new marks are set: the first tick after a hole that shrank may be the first after what is left of it.
  const outdated = await db.query<{ removed: number }>(sqlFile("remove_outdated_holes"), [
    scope,
    day.start,
    day.end,
    symbols,
  ]);
  const found = await db.query<{ recorded: number }>(sqlFile("record_found_gaps"), [day.start, day.end]);
  await db.query(sqlFile("drop_found_gaps"));
  return { recorded: found.rows[0]?.recorded ?? 0, removed: outdated.rows[0]?.removed ?? 0 };
}
