import pg from "pg";
import { sqlFile } from "../sql-file.ts";
import { BATCH_ROWS, type LegacyTable } from "./legacy-table.ts";

interface Batch {
  read: number;
  copied: number;
  refused: number;
  last_key: string[];
  changes: Record<string, number>;
}

/**
 * Copies the next rows of a table, in one transaction with the account of them; false when there were none and the
 * table is done. Rows never leave the server.
 */
export async function copyBatch(
  client: pg.ClientBase,
  table: LegacyTable,
  batchRows: number = table.name === "scalp_ticks" ? BATCH_ROWS.scalp_ticks : BATCH_ROWS.others,
): Promise<boolean> {
  await client.query("BEGIN");
  try {
    const { rows } = await client.query<{ state: string; last_key: string[] | null }>(
      sqlFile("phase13_lock_progress"),
      [table.name],
    );
    const [progress] = rows;
    if (progress === undefined || progress.state !== "waiting") {
      await client.query("COMMIT");
      return false;
    }
    const batch =
      table.name === "scalp_ticks"
        ? await copyTicks(client, progress.last_key, batchRows)
        : await copyRows(client, table, progress.last_key, batchRows);
    if (batch.read > 0) {
      const { read, copied, refused } = batch;
      const account = [table.name, batch.last_key, read, copied, read - copied - refused, refused];
      await client.query(sqlFile("phase13_advance_progress"), [...account, JSON.stringify(batch.changes)]);
    } else {
      await client.query(sqlFile("phase13_mark_copied"), [table.name]);
    }
    await client.query("COMMIT");
    return batch.read > 0;
  } catch (cause) {
    // A lost connection rolls back by itself, and its own words say more.
    await client.query("ROLLBACK").catch(() => undefined);
    throw cause;
  }
}

async function copyTicks(client: pg.ClientBase, lastKey: string[] | null, batchRows: number): Promise<Batch> {
  const [lastId = FIRST_ID, latestInstant = null] = lastKey ?? [];
  await client.query(sqlFile("phase13_make_partitions"), [lastId, batchRows]);
  return only(await client.query<Batch>(sqlFile("phase13_copy_ticks"), [lastId, batchRows, latestInstant]));
}

/** Below every BIGINT key, so that a row numbered 0 or less is read as well. */
const FIRST_ID = "-9223372036854775808";

async function copyRows(
  client: pg.ClientBase,
  table: LegacyTable,
  lastKey: string[] | null,
  batchRows: number,
): Promise<Batch> {
  return only(
    await client.query<Batch>(copyStatement(table, lastKey !== null), [batchRows, ...(lastKey ?? [])]),
  );
}

function only(result: pg.QueryResult<Batch>): Batch {
  const [batch] = result.rows;
  if (batch === undefined) throw new Error("a batch tells nothing of itself");
  return batch;
}

/** The statement is the same for every table but for identifiers, which cannot be parameters. */
function copyStatement(table: LegacyTable, goesOn: boolean): string {
  const name = pg.escapeIdentifier(table.name);
  const mapped = pg.escapeIdentifier(`mapped_${table.name}`);
  const columns = table.columns.map((column) => pg.escapeIdentifier(column)).join(", ");
  const keys = table.key.map(([column]) => pg.escapeIdentifier(column));
  const key = keys.join(", ");
  const read = [...new Set([...keys, ...table.columns.map((column) => pg.escapeIdentifier(column))])].join(
    ", ",
  );
  const behind = table.key.map(([, type], position) => `$${position + 2}::${type}`).join(", ");
  const keyTexts = `ARRAY[${keys.map((column) => `${column}::TEXT`).join(", ")}]`;
  return `
    WITH batch AS MATERIALIZED (
      SELECT ${read}, refusal, refused_record, is_duplicate, changes
      FROM phase13.${mapped}
      ${goesOn ? `WHERE (${key}) > (${behind})` : ""}
      ORDER BY ${key}
      LIMIT $1
    ), copied AS (
      INSERT INTO public.${name} (${columns})
      SELECT ${columns} FROM batch WHERE refusal IS NULL AND NOT is_duplicate
      RETURNING 1
    ), refused AS (
      INSERT INTO phase13.upgrade_refused (table_name, legacy_key, reason, record)
      SELECT ${pg.escapeLiteral(table.name)}, ${keyTexts}, refusal, refused_record FROM batch WHERE refusal IS NOT NULL
      RETURNING 1
    )
    SELECT
      (SELECT count(*) FROM batch)::INTEGER AS read,
      (SELECT count(*) FROM copied)::INTEGER AS copied,
      (SELECT count(*) FROM refused)::INTEGER AS refused,
      (SELECT ${keyTexts} FROM batch ORDER BY ${keys.map((column) => `${column} DESC`).join(", ")} LIMIT 1) AS last_key,
      coalesce((
        SELECT jsonb_object_agg(change, occurrences)
        FROM (
          SELECT unnest(changes) AS change, count(*) AS occurrences
          FROM batch WHERE refusal IS NULL AND NOT is_duplicate GROUP BY 1
        ) AS counted
      ), '{}') AS changes`;
}
