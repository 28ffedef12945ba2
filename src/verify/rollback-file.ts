import { ObserverError } from "../errors/index.ts";
import { addDays, formatInstant, kstDateOf, type TimeUs, type TradeDate } from "../record/index.ts";
import { type Dataset, openClient, type Store, sqlFile, withExclusiveLock } from "../store/index.ts";
import { redoDependents } from "./redo-dependents.ts";

export interface RollbackOptions {
  /** Only say what would be removed. */
  readonly dryRun: boolean;
}

/** Rows of the file on one date. */
export interface RolledBackDay {
  readonly date: TradeDate;
  readonly table: string;
  /** Empty where rows concern every symbol. */
  readonly symbols: readonly string[];
  readonly rows: number;
}

export interface FileRollback {
  readonly fileId: number;
  readonly path: string;
  readonly dataset: Dataset;
  readonly kind: "planned" | "done";
  readonly rows: number;
  readonly rejects: number;
  readonly days: readonly RolledBackDay[];
  /**
   * Loaded files that may hold older versions of the bars this file replaced, or records left out because this file's
   * were there first. Take those back as well and load them again.
   */
  readonly reload: readonly { readonly fileId: number; readonly path: string }[];
}

interface FileRow {
  file_id: number;
  path: string;
  dataset: Dataset;
  state: string;
  rows: number;
  rejects: number;
  updated: number;
  first_event_time: TimeUs | null;
  last_event_time: TimeUs | null;
}

interface TouchedRow {
  table_name: string;
  symbol: string | null;
  trade_date: TradeDate;
  rows: number;
}

/**
 * Takes back a loaded file: removes exactly its rows and its rejects, sets the ledger to pending, in one transaction,
 * then builds again what depended on them. Stopped in between, the same call does the rest. `file` is its number or path.
 * Throws OBS_FILE_UNKNOWN, OBS_BACKFILL_BUSY.
 */
export async function rollbackFile(
  store: Store,
  file: number | string,
  options: RollbackOptions,
): Promise<FileRollback> {
  if (options.dryRun) return await plan(store, await findFile(store, file));
  const busy = new ObserverError(
    "OBS_BACKFILL_BUSY",
    "a back-fill is loading into this database.",
    "wait for it to end or stop it, then take the file back.",
  );
  return await withExclusiveLock(store, "load", busy, async () => {
    const found = await findFile(store, file);
    const reload = await filesToReload(store, found);
    const days = await removeRows(store, found);
    await redoDependents(store, found.dataset, days.length > 0 ? days : daysOfSpan(found));
    await store.writer.query(sqlFile("rollback_settled"), [found.file_id]);
    return described(found, "done", days, reload);
  });
}

async function plan(store: Store, file: FileRow): Promise<FileRollback> {
  const { rows } = await store.reader.query<TouchedRow>(sqlFile("rollback_count_rows"), placeOf(file));
  return described(file, "planned", byDay(rows), await filesToReload(store, file));
}

async function findFile(store: Store, file: number | string): Promise<FileRow> {
  const key = typeof file === "number" ? [file, null] : [null, file];
  const { rows } = await store.writer.query<FileRow>(sqlFile("rollback_file"), key);
  const [found] = rows;
  if (found !== undefined) return found;
  throw new ObserverError(
    "OBS_FILE_UNKNOWN",
    `no file ${typeof file === "number" ? `number ${file}` : JSON.stringify(file)} was ever loaded`,
    "name the file as its ledger does: SELECT file_id, path FROM ingest_files.",
  );
}

async function removeRows(store: Store, file: FileRow): Promise<RolledBackDay[]> {
  // Outside the pool, whose time limit the rows of a large file may pass.
  const client = await openClient(store.urls.writer, "observer rollback");
  try {
    await client.query("BEGIN");
    const { rows } = await client.query<TouchedRow>(sqlFile("rollback_delete_rows"), placeOf(file));
    const days = byDay(rows);
    const span = days.length > 0 ? days : daysOfSpan(file);
    const dates = [span[0]?.date ?? null, span.at(-1)?.date ?? null];
    await client.query(sqlFile("rollback_ledger"), [file.file_id, ...dates]);
    await client.query("COMMIT");
    return days;
  } finally {
    await client.end();
  }
}

function placeOf({ file_id, first_event_time, last_event_time, state }: FileRow) {
  // Only a load that ended has told the span of all its rows.
  const isTold = state === "loaded" && first_event_time !== null && last_event_time !== null;
  return [
    file_id,
    isTold ? formatInstant(first_event_time) : null,
    isTold ? formatInstant(last_event_time) : null,
  ];
}

async function filesToReload(store: Store, file: FileRow): Promise<FileRollback["reload"]> {
  const { file_id, dataset, first_event_time, last_event_time, updated } = file;
  if (first_event_time === null || last_event_time === null) return [];
  const { rows } = await store.writer.query<{ file_id: number; path: string }>(
    sqlFile("rollback_files_to_reload"),
    [file_id, dataset, formatInstant(first_event_time), formatInstant(last_event_time), updated > 0],
  );
  return rows.map((row) => ({ fileId: row.file_id, path: row.path }));
}

function byDay(rows: readonly TouchedRow[]): RolledBackDay[] {
  const days = new Map<string, { date: TradeDate; table: string; symbols: string[]; rows: number }>();
  const general = new Set<string>();
  for (const { table_name, trade_date, symbol, rows: count } of rows) {
    const key = `${trade_date} ${table_name}`;
    const day = days.get(key) ?? { date: trade_date, table: table_name, symbols: [], rows: 0 };
    days.set(key, day);
    if (symbol === null) general.add(key);
    else day.symbols.push(symbol);
    day.rows += count;
  }
  // A gap of all symbols concerns each of them, which an empty list says.
  return [...days].map(([key, day]) => (general.has(key) ? { ...day, symbols: [] } : day));
}

/** The dates left to be done when the rows are gone already: all symbols, since nothing tells whose they were. */
function daysOfSpan({ first_event_time, last_event_time }: FileRow): RolledBackDay[] {
  if (first_event_time === null || last_event_time === null) return [];
  const days: RolledBackDay[] = [];
  const last = kstDateOf(last_event_time);
  for (let date = kstDateOf(first_event_time); date <= last; date = addDays(date, 1))
    days.push({ date, table: "", symbols: [], rows: 0 });
  return days;
}

function described(
  file: FileRow,
  kind: FileRollback["kind"],
  days: readonly RolledBackDay[],
  reload: FileRollback["reload"],
): FileRollback {
  return {
    fileId: file.file_id,
    path: file.path,
    dataset: file.dataset,
    kind,
    rows: days.reduce((sum, day) => sum + day.rows, 0),
    rejects: file.rejects,
    days,
    reload,
  };
}
