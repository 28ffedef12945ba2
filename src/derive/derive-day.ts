import { DAY_US, type TimeUs } from "../record/index.ts";
import { type Store, sqlFile } from "../store/index.ts";
import { type DueFile, markDerived } from "./due-files.ts";
import { reconcileHoles } from "./gaps-of-day.ts";
import { type Connection, inTransaction } from "./in-transaction.ts";
import { type KoreanDay, koreanDay } from "./korean-day.ts";
import { type BuiltMinutes, buildMinuteBars, findTickSymbols } from "./minute-bars.ts";
import { type Slice, slicesOfDay, slicesWithMinutes } from "./slices.ts";
import { buildSwingBarsOfDay } from "./swing-from-minutes.ts";
import type { DayWork } from "./work-plan.ts";

export interface DaySettings {
  silenceSeconds: number;
  /** Whether 10-minute bars are built for every symbol with new minutes, or only kept up where there are some. */
  swingBars: "build" | "keep";
}

export interface DayOutcome {
  filesDerived: number;
  swingBarsWritten: number;
  gapsRecorded: number;
  gapsRemoved: number;
}

/**
 * Does the work of one date: bars slice by slice, each a transaction; then, in one more, what looks at the whole day
 * and the mark on the files that are thereby done. Stopped anywhere, the next run finds the files still due, reads
 * their minutes again and writes only what is missing. Null when the signal stopped it.
 */
export async function deriveDay(
  store: Store,
  work: DayWork,
  settings: DaySettings,
  signal: AbortSignal | undefined,
  onBuilt: (built: BuiltMinutes) => void,
): Promise<DayOutcome | null> {
  const day = koreanDay(work.date);
  const tickFiles = work.files.filter((file) => file.dataset === "scalp");
  const ticked = new Set<string>();
  const symbols = tickFiles.length === 0 ? [] : await findTickSymbols(store.writer, day, null);
  const slices = tickFiles.some(isLong)
    ? await slicesWithMinutes(store.writer, day, symbols)
    : slicesOfDay(day);
  for (const whole of slices) {
    const files = tickFiles.filter((file) => overlaps(file, whole));
    if (files.length === 0) continue;
    if (signal?.aborted === true) return null;
    const due = { kind: "files", fileIds: files.map((file) => file.fileId), symbols } as const;
    const slice = narrowed(whole, files);
    const built = await inTransaction(store, (db) => buildMinuteBars(db, day, slice, due));
    for (const symbol of built.symbols) ticked.add(symbol);
    onBuilt(built);
  }
  if (signal?.aborted === true) return null;
  return await inTransaction(store, (db) => finishDay(db, day, work, settings, ticked));
}

async function finishDay(
  db: Connection,
  day: KoreanDay,
  work: DayWork,
  settings: DaySettings,
  ticked: ReadonlySet<string>,
): Promise<DayOutcome> {
  const imported = await symbolsOfFiles(db, "find_minute_bar_symbols_of_files", day, work, ["bars_1m"]);
  const collected = await symbolsOfFiles(db, "find_swing_symbols_of_files", day, work, ["swing", "bars_10m"]);
  const holesOf = (scope: "scalp" | "swing") =>
    work.holes.filter((hole) => hole.scope === scope).map((hole) => hole.symbol);

  const minuted = unique(ticked, imported);
  const extent = settings.swingBars === "build" ? "all" : "existing";
  const built =
    minuted.length === 0
      ? { inserted: 0, updated: 0, removed: 0, symbols: [] }
      : await buildSwingBarsOfDay(db, day, minuted, extent);
  const { silenceSeconds } = settings;
  const silent = unique(ticked, holesOf("scalp"));
  const scalp = await reconcileHoles(db, day, "scalp", silent, silenceSeconds);
  const barred = unique(collected, built.symbols, holesOf("swing"));
  const swing = await reconcileHoles(db, day, "swing", barred, silenceSeconds);
  return {
    filesDerived: await markDerived(db, work.completes),
    swingBarsWritten: built.inserted + built.updated + built.removed,
    gapsRecorded: scalp.recorded + swing.recorded,
    gapsRemoved: scalp.removed + swing.removed,
  };
}

async function symbolsOfFiles(
  db: Connection,
  question: "find_minute_bar_symbols_of_files" | "find_swing_symbols_of_files",
  day: KoreanDay,
  work: DayWork,
  datasets: readonly DueFile["dataset"][],
): Promise<string[]> {
  const fileIds = work.files.filter((file) => datasets.includes(file.dataset)).map((file) => file.fileId);
  if (fileIds.length === 0) return [];
  const { rows } = await db.query<{ symbol: string }>(sqlFile(question), [day.start, day.end, fileIds]);
  return rows.map((row) => row.symbol);
}

/** In a fixed order, so that two transactions lock rows in the same one. */
function unique(...lists: Iterable<string>[]): string[] {
  return [...new Set(lists.flatMap((list) => [...list]))].sort();
}

/** One odd record can make a file span years, of which most slices are empty. */
function isLong(file: DueFile): boolean {
  return file.span !== null && file.span.lastUs - file.span.firstUs > DAY_US;
}

function overlaps(file: DueFile, slice: Slice): boolean {
  return file.span !== null && file.span.firstUs < slice.endUs && file.span.lastUs >= slice.startUs;
}

/** The part of a slice in which files have records: a late tick costs a look at its own surroundings. */
function narrowed(slice: Slice, files: readonly DueFile[]): Slice {
  const firstUs = Math.min(...files.map((file) => file.span?.firstUs ?? slice.startUs));
  const lastUs = Math.max(...files.map((file) => file.span?.lastUs ?? slice.endUs));
  return {
    startUs: Math.max(slice.startUs, firstUs) as TimeUs,
    endUs: Math.min(slice.endUs, lastUs + 1) as TimeUs,
  };
}
