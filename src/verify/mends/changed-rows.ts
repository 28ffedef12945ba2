import { openClient, type Store, sqlFile } from "../../store/index.ts";
import type { SqlValue } from "../defects.ts";

/** Runs a mending statement outside the pool, whose time limit it may pass; returns its column `changed`. */
export async function changedRows(
  store: Store,
  question: string,
  values: readonly SqlValue[],
): Promise<number> {
  const client = await openClient(store.urls.writer, "observer repair");
  try {
    const { rows } = await client.query<{ changed: number }>(sqlFile(question), [...values]);
    return rows[0]?.changed ?? 0;
  } finally {
    await client.end();
  }
}
