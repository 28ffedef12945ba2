import Cursor from "pg-cursor";
import { sqlFile } from "../sql-file.ts";
import { openClient, type Store } from "../store.ts";
import { wireTypes } from "../wire-types.ts";
import { queryFailure } from "./ask.ts";
import type { PagedQuestion } from "./page.ts";
import type { DatabaseRow } from "./row-fields.ts";

/** Rows fetched at a time: what a stream holds in memory, at most. */
const BATCH_ROWS = 1_000;

/**
 * All rows of a question, in order and of one instant of the database, read as fast as they are consumed.
 * The connection is the stream's own: a slow consumer must neither keep the pool from others nor run into its
 * statement timeout, which counts the time between two fetches too. It is closed when the loop ends, however it ends.
 */
export async function* streamRows<Row>(
  store: Store,
  question: PagedQuestion<Row>,
): AsyncGenerator<Row, void, undefined> {
  const client = await openClient(store.urls.reader, "observer stream");
  try {
    const values = [...question.arguments, ...question.beforeFirst, null];
    const cursor = client.query(
      new Cursor<DatabaseRow>(sqlFile(question.name), values, { types: wireTypes }),
    );
    for (;;) {
      const rows = await cursor.read(BATCH_ROWS).catch((error: unknown) => {
        throw queryFailure(question.name, error);
      });
      if (rows.length === 0) return;
      for (const row of rows) yield question.decode(row);
    }
  } finally {
    await client.end();
  }
}
