import type { Dataset } from "./ingest-ledger.ts";
import { sqlFile } from "./sql-file.ts";
import type { Store } from "./store.ts";

/** Rows and rejects of all loaded files, by kind of file; kinds never loaded are missing. */
export async function loadedCounts(store: Store): Promise<Map<Dataset, { rows: number; rejects: number }>> {
  const { rows } = await store.reader.query<{ dataset: Dataset; rows: number; rejects: number }>(
    sqlFile("loaded_counts"),
  );
  return new Map(rows.map((row) => [row.dataset, { rows: row.rows, rejects: row.rejects }]));
}
