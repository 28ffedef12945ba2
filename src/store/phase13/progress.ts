import pg from "pg";
import { sqlFile } from "../sql-file.ts";

/** The account of one table. */
export interface TableProgress {
  readonly table: string;
  readonly state: "waiting" | "copied" | "equal" | "unequal";
  /** Legacy rows dealt with: copied + duplicates + refused. */
  readonly read: number;
  readonly copied: number;
  readonly duplicates: number;
  readonly refused: number;
  /** What was changed in copied rows, and in how many. */
  readonly changes: Readonly<Record<string, number>>;
  /** Comparisons made, and the sums of their hashes. */
  readonly parts: number;
  readonly legacyHash: string;
  readonly publicHash: string;
}

interface ProgressRow {
  table_name: string;
  state: TableProgress["state"];
  rows_read: number;
  rows_copied: number;
  rows_duplicate: number;
  rows_refused: number;
  changes: Record<string, number>;
  parts: number;
  legacy_hash: string;
  public_hash: string;
}

export async function readProgress(client: pg.ClientBase): Promise<TableProgress[]> {
  const { rows } = await client.query<ProgressRow>(sqlFile("phase13_progress"));
  return rows.map((row) => ({
    table: row.table_name,
    state: row.state,
    read: row.rows_read,
    copied: row.rows_copied,
    duplicates: row.rows_duplicate,
    refused: row.rows_refused,
    changes: row.changes,
    parts: row.parts,
    legacyHash: row.legacy_hash,
    publicHash: row.public_hash,
  }));
}

/** Every row of a table; reads all of it. */
export async function countRows(client: pg.ClientBase, schema: string, table: string): Promise<number> {
  const name = `${pg.escapeIdentifier(schema)}.${pg.escapeIdentifier(table)}`;
  const { rows } = await client.query<{ n: number }>(`SELECT count(*) AS n FROM ${name}`);
  return rows[0]?.n ?? 0;
}
