import pg from "pg";
import { isObserverError, ObserverError } from "../../errors/index.ts";
import { sqlFile } from "../sql-file.ts";
import { isTransient } from "../sql-state.ts";
import type { Store } from "../store.ts";
import type { DatabaseRow } from "./row-fields.ts";

export type SqlValue = string | number | boolean | null | readonly string[];

/** Asks one question of `sql/queries` through the reader pool. Throws OBS_QUERY_FAILED, OBS_DATABASE_UNREACHABLE. */
export async function ask<Row>(
  store: Store,
  question: string,
  values: readonly SqlValue[],
  decode: (row: DatabaseRow) => Row,
): Promise<Row[]> {
  try {
    const { rows } = await store.reader.query<DatabaseRow>(sqlFile(question), [...values]);
    return rows.map(decode);
  } catch (error) {
    throw queryFailure(question, error);
  }
}

/** What went wrong with a question, in words that name it. An error of ours passes unchanged. */
export function queryFailure(question: string, error: unknown): ObserverError {
  if (isObserverError(error)) return error;
  const words = error instanceof Error ? error.message : String(error);
  const state = error instanceof pg.DatabaseError ? error.code : undefined;
  if (state === "57014")
    return new ObserverError(
      "OBS_QUERY_FAILED",
      `query ${question} was stopped: ${words}`,
      "ask for a shorter range or fewer symbols, or use a stream or the columns, which have no time limit.",
      error,
    );
  if (state === "42P01" || state === "42703")
    return new ObserverError(
      "OBS_QUERY_FAILED",
      `query ${question} does not fit this database: ${words}`,
      'bring the schema up to date with "observer db migrate".',
      error,
    );
  if (isTransient(error))
    return new ObserverError(
      "OBS_DATABASE_UNREACHABLE",
      `the connection was lost during query ${question}: ${words}`,
      'check that the server runs ("observer db status"), then ask again.',
      error,
    );
  return new ObserverError(
    "OBS_QUERY_FAILED",
    `query ${question} failed: ${words}`,
    'look the SQLSTATE up in the server log; "observer doctor" checks roles and schema.',
    error,
  );
}
