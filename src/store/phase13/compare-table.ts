import pg from "pg";
import { sqlFile } from "../sql-file.ts";
import type { LegacyTable } from "./legacy-table.ts";
import { countRows } from "./progress.ts";

interface Part {
  part: string;
  /** Bounds of event_time, for tables that are compared by month. */
  from_time?: string;
  to_time?: string;
}

interface Sum {
  n: number;
  hash: string;
}

/**
 * Maps the legacy table once more, all at once and not in batches, and holds it against what is in public: counts and
 * sums of the hashes of the rows, which do not depend on their order. Every part is kept as it is found, and found
 * equal it is not compared again.
 */
export async function compareTable(
  client: pg.ClientBase,
  table: LegacyTable,
  signal?: AbortSignal,
): Promise<"equal" | "unequal" | "interrupted"> {
  const byMonth = table.name === "scalp_ticks";
  const parts = byMonth ? (await client.query<Part>(sqlFile("phase13_tick_months"))).rows : [{ part: "all" }];
  const done = await client.query<{ part: string }>(sqlFile("phase13_equal_parts"), [table.name]);
  const equal = new Set(done.rows.map(({ part }) => part));
  for (const part of parts) {
    if (signal?.aborted === true) return "interrupted";
    if (equal.has(part.part)) continue;
    const legacy = await sumOf(client, expectedOf(table), table, part);
    const present = await sumOf(client, `public.${pg.escapeIdentifier(table.name)}`, table, part);
    const found = [legacy.n, legacy.hash, present.n, present.hash];
    await client.query(sqlFile("phase13_record_comparison"), [table.name, part.part, ...found]);
  }
  const legacyRows = await countRows(client, "phase13", table.name);
  const publicRows = await countRows(client, "public", table.name);
  const { rows } = await client.query<{ state: string }>(sqlFile("phase13_settle_comparison"), [
    table.name,
    legacyRows,
    publicRows,
  ]);
  return rows[0]?.state === "equal" ? "equal" : "unequal";
}

function expectedOf(table: LegacyTable): string {
  if (table.expected !== undefined) return `phase13.${pg.escapeIdentifier(table.expected)}`;
  const mapped = pg.escapeIdentifier(`mapped_${table.name}`);
  const columns = table.columns.map((column) => pg.escapeIdentifier(column)).join(", ");
  return `(SELECT ${columns} FROM phase13.${mapped} WHERE refusal IS NULL AND NOT is_duplicate)`;
}

async function sumOf(client: pg.ClientBase, source: string, table: LegacyTable, part: Part): Promise<Sum> {
  const columns = table.columns.map((column) => pg.escapeIdentifier(column)).join(", ");
  const bounds = part.from_time === undefined ? [] : [part.from_time, part.to_time];
  const { rows } = await client.query<Sum>(
    `SELECT count(*) AS n, coalesce(sum(hashtextextended(ROW(${columns})::TEXT, 0)::NUMERIC), 0) AS hash
     FROM ${source} AS compared
     ${bounds.length === 0 ? "" : "WHERE event_time >= $1::TIMESTAMPTZ AND event_time < $2::TIMESTAMPTZ"}`,
    bounds,
  );
  return rows[0] ?? { n: 0, hash: "0" };
}
