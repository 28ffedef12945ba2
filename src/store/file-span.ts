import type { TimeUs } from "../record/index.ts";
import { sqlFile } from "./sql-file.ts";
import type { Store } from "./store.ts";

/** First and last record of loaded files, taken together; null when they hold none. */
export async function spanOfFiles(
  store: Store,
  fileIds: readonly number[],
): Promise<{ firstUs: TimeUs; lastUs: TimeUs } | null> {
  const { rows } = await store.reader.query<{ first_time: TimeUs | null; last_time: TimeUs | null }>(
    sqlFile("span_of_files"),
    [fileIds],
  );
  const [row] = rows;
  if (row === undefined || row.first_time === null || row.last_time === null) return null;
  return { firstUs: row.first_time, lastUs: row.last_time };
}
