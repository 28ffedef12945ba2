import type { GapScope, TimeUs, TradeDate } from "../record/index.ts";
import { type Dataset, sqlFile } from "../store/index.ts";
import type { Connection } from "./in-transaction.ts";

/** A loaded file whose dependent work is still to be done. */
export interface DueFile {
  fileId: number;
  dataset: Dataset;
  /** The span of its records; null when it has none. */
  span: { firstUs: TimeUs; lastUs: TimeUs } | null;
  /** How much of it was loaded when the work began; when more has come since, the work stays due. */
  checkpointBytes: number;
}

interface FileRow {
  file_id: number;
  dataset: Dataset;
  first_event_time: TimeUs | null;
  last_event_time: TimeUs | null;
  checkpoint_bytes: number;
}

export async function listDueFiles(db: Connection): Promise<DueFile[]> {
  const { rows } = await db.query<FileRow>(sqlFile("list_underived_files"));
  return rows.map((row) => ({
    fileId: row.file_id,
    dataset: row.dataset,
    span:
      row.first_event_time === null || row.last_event_time === null
        ? null
        : { firstUs: row.first_event_time, lastUs: row.last_event_time },
    checkpointBytes: row.checkpoint_bytes,
  }));
}

/** Returns how many were marked: fewer than given when files grew meanwhile. */
export async function markDerived(db: Connection, files: readonly DueFile[]): Promise<number> {
  if (files.length === 0) return 0;
  const marked = await db.query(sqlFile("mark_files_derived"), [
    files.map((file) => file.fileId),
    files.map((file) => file.checkpointBytes),
  ]);
  return marked.rowCount ?? 0;
}

export interface MetHole {
  scope: Exclude<GapScope, "all">;
  symbol: string;
  tradeDate: TradeDate;
}

/** Recorded holes that newly loaded ledgers of gaps may account for. */
export async function findHolesMetBy(db: Connection, files: readonly DueFile[]): Promise<MetHole[]> {
  if (files.length === 0) return [];
  const { rows } = await db.query<{ scope: MetHole["scope"]; symbol: string; trade_date: TradeDate }>(
    sqlFile("find_holes_met_by_gap_files"),
    [files.map((file) => file.fileId)],
  );
  return rows.map((row) => ({ scope: row.scope, symbol: row.symbol, tradeDate: row.trade_date }));
}
