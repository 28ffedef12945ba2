import { formatKst, type TimeUs } from "../record/index.ts";
import { sqlFile } from "../store/index.ts";
import type { CheckContext, CheckResult, SampleRow } from "./check.ts";
import type { Scope } from "./scope.ts";

export type SqlValue = string | number | boolean | null | readonly string[];

/** What a query of the shape "defects, then key fields" found. */
export interface Defects {
  readonly count: number;
  readonly samples: readonly SampleRow[];
}

/** A connection or pool, as far as asking goes. */
export interface Queryable {
  query(
    text: string,
    values: unknown[],
  ): Promise<{
    rows: Record<string, unknown>[];
    fields: readonly { name: string; dataTypeID: number }[];
  }>;
}

export const NO_DEFECTS: Defects = { count: 0, samples: [] };

const TIMESTAMPTZ = 1184;

/** $1, $2, $3 of most questions: symbols, start and end of the scope; NULL does not restrict. */
export function scopeValues(scope: Scope): SqlValue[] {
  return [scope.symbols ?? null, scope.start, scope.end];
}

/** Rows of a question of `sql/queries`, instants as Korean time. */
export async function sampleRows(
  db: Queryable,
  question: string,
  values: readonly SqlValue[],
): Promise<SampleRow[]> {
  const { rows, fields } = await db.query(sqlFile(question), [...values]);
  const instants = new Set(
    fields.filter(({ dataTypeID }) => dataTypeID === TIMESTAMPTZ).map(({ name }) => name),
  );
  return rows.map((row) =>
    Object.fromEntries(
      Object.entries(row).map(([name, value]) => [name, shown(value, instants.has(name))] as const),
    ),
  );
}

/** Asks a question that answers with its first defects, their number in all in the column `defects`. */
export async function findDefects(
  db: Queryable,
  question: string,
  values: readonly SqlValue[],
): Promise<Defects> {
  const rows = await sampleRows(db, question, values);
  const count = Number(rows[0]?.defects ?? 0);
  return { count, samples: rows.map(({ defects: _, ...key }) => key) };
}

function shown(value: unknown, isInstant: boolean): SampleRow[string] {
  if (value === null || typeof value === "string" || typeof value === "boolean") return value;
  if (typeof value !== "number") return Array.isArray(value) ? value.join(", ") : String(value);
  return isInstant && Number.isFinite(value) ? formatKst(value as TimeUs) : value;
}

export interface Advice {
  readonly likelyCause: string;
  readonly mend: string;
}

export function resultOf({ count, samples }: Defects, { likelyCause, mend }: Advice): CheckResult {
  return count === 0 ? { kind: "passed" } : { kind: "failed", count, samples, likelyCause, mend };
}

/** The command line that mends one check. */
export const repairCommand = (check: string) => `observer repair --check ${check}`;

/** The run of a check that is one question. */
export function asking(
  question: string,
  advice: Advice,
  values: (context: CheckContext) => SqlValue[] = ({ scope }) => scopeValues(scope),
): (context: CheckContext) => Promise<CheckResult> {
  return async (context) =>
    resultOf(await findDefects(context.store.reader, question, values(context)), advice);
}
