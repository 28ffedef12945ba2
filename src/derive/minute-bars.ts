import { formatInstant } from "../record/index.ts";
import { sqlFile } from "../store/index.ts";
import type { Connection } from "./in-transaction.ts";
import type { KoreanDay } from "./korean-day.ts";
import type { Slice } from "./slices.ts";

/** Null: all symbols. */
export type Symbols = readonly string[] | null;

/** Which minutes of some symbols are built: those that files touched, or all. */
export type DueMinutes = { symbols: readonly string[] } & (
  | { kind: "files"; fileIds: readonly number[] }
  // Bars whose ticks are gone are removed, also of symbols without any tick left.
  | { kind: "all"; barsOf: Symbols }
);

/** The symbols, of those wanted, that may have ticks on a day: all that have some in its month. */
export async function findTickSymbols(db: Connection, day: KoreanDay, wanted: Symbols): Promise<string[]> {
  const range = [day.monthStart, day.monthEnd];
  const { rows } = await db.query<{ symbol: string }>(sqlFile("find_tick_symbols"), [...range, wanted]);
  return rows.map((row) => row.symbol);
}

export interface BuiltMinutes {
  /** Ticks read to build the bars. */
  ticks: number;
  minutes: number;
  inserted: number;
  updated: number;
  removed: number;
  /** Whose minutes were built. */
  symbols: string[];
}

/** Builds the 1-minute bars of a stretch of a Korean date, within the caller's transaction. */
export async function buildMinuteBars(
  db: Connection,
  day: KoreanDay,
  slice: Slice,
  due: DueMinutes,
): Promise<BuiltMinutes> {
  const range = [formatInstant(slice.startUs), formatInstant(slice.endUs)];
  await db.query(sqlFile("stage_due_minutes"));
  if (due.kind === "files") {
    await db.query(sqlFile("fill_due_minutes_of_files"), [...range, due.fileIds, day.end, due.symbols]);
  } else {
    await db.query(sqlFile("fill_due_minutes_of_range"), [...range, due.symbols]);
  }
  const built = await db.query<Omit<BuiltMinutes, "removed">>(sqlFile("build_minute_bars"), [
    day.date,
    day.start,
    day.end,
  ]);
  const [bars] = built.rows;
  if (bars === undefined) throw new Error("building bars returned no counts");
  if (due.kind === "files") return { ...bars, removed: 0 };
  const deleted = await db.query(sqlFile("delete_tickless_minute_bars"), [...range, due.barsOf]);
  return { ...bars, removed: deleted.rowCount ?? 0 };
}
