import type { TimeUs } from "../record/index.ts";
import { sqlFile } from "./sql-file.ts";
import type { Store } from "./store.ts";

/** First and last 10-minute bar there is; null when there is none. */
export async function swingSpan(store: Store): Promise<{ firstUs: TimeUs; lastUs: TimeUs } | null> {
  const { rows } = await store.reader.query<{ first_time: TimeUs | null; last_time: TimeUs | null }>(
    sqlFile("swing_span"),
  );
  const [row] = rows;
  if (row === undefined || row.first_time === null || row.last_time === null) return null;
  return { firstUs: row.first_time, lastUs: row.last_time };
}
