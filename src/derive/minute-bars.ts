import { formatInstant } from "../record/index.ts";
import { sqlFile } from "../store/index.ts";
import type { Connection } from "./in-transaction.ts";
import type { KoreanDay } from "./korean-day.ts";
import type { Slice } from "./slices.ts";

/** Which minutes are built: those that files touched, or all of some symbols (null: of every symbol). */
export type DueMinutes = { kind: "files"; fileIds: readonly number[] } | { kind: "all"; symbols: Symbols };
export type Symbols = readonly string[] | null;

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
    await db.query(sqlFile("fill_due_minutes_of_files"), [...range, due.fileIds, day.end]);
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
  const deleted = await db.query(sqlFile("delete_tickless_minute_bars"), [...range, due.symbols]);
  return { ...bars, removed: deleted.rowCount ?? 0 };
}
