import type pg from "pg";
import { sqlFile } from "./sql-file.ts";

export interface SchemaColumn {
  readonly name: string;
  readonly type: string;
  readonly nullable: boolean;
  readonly defaultValue: string | null;
  /** Expression of a generated column. Whether it is stored depends on the server, so it is not told. */
  readonly generatedAs: string | null;
  readonly comment: string;
}

export interface SchemaObject {
  readonly name: string;
  readonly definition: string;
}

export interface SchemaRelation {
  readonly name: string;
  readonly kind: "table" | "partitioned table" | "view" | "materialised view";
  readonly comment: string;
  readonly columns: readonly SchemaColumn[];
  readonly indexes: readonly (SchemaObject & { readonly comment: string })[];
  readonly constraints: readonly SchemaObject[];
  readonly triggers: readonly SchemaObject[];
}

export interface SchemaRoutine {
  readonly signature: string;
  readonly returns: string;
  readonly comment: string;
  readonly bodySha256: string;
}

/** Everything in schema `public` that the migrations made, in one order, without partitions. */
export interface SchemaManifest {
  readonly relations: readonly SchemaRelation[];
  readonly routines: readonly SchemaRoutine[];
}

interface RelationRow {
  name: string;
  kind: SchemaRelation["kind"];
  comment: string;
}

interface ColumnRow {
  relation: string;
  name: string;
  type: string;
  nullable: boolean;
  default_value: string | null;
  generated_as: string | null;
  comment: string;
}

interface ObjectRow {
  relation: string;
  name: string;
  definition: string;
}

interface RoutineRow {
  signature: string;
  returns: string;
  comment: string;
  body_sha256: string;
}

/** Reads the schema of a live database; the same schema reads the same on every supported server version. */
export async function readSchema(client: Pick<pg.ClientBase, "query">): Promise<SchemaManifest> {
  const read = async <R extends pg.QueryResultRow>(name: string): Promise<R[]> =>
    (await client.query<R>(sqlFile(name))).rows;
  const relations = await read<RelationRow>("schema_relations");
  const columns = byRelation(await read<ColumnRow>("schema_columns"), column);
  const indexes = byRelation(await read<ObjectRow & { comment: string }>("schema_indexes"), (row) => ({
    ...definition(row),
    comment: row.comment,
  }));
  const constraints = byRelation(await read<ObjectRow>("schema_constraints"), definition);
  const triggers = byRelation(await read<ObjectRow>("schema_triggers"), definition);
  const routines = await read<RoutineRow>("schema_routines");
  return {
    relations: relations.map(({ name, kind, comment }) => ({
      name,
      kind,
      comment,
      columns: columns.get(name) ?? [],
      indexes: indexes.get(name) ?? [],
      constraints: constraints.get(name) ?? [],
      triggers: triggers.get(name) ?? [],
    })),
    routines: routines.map(({ signature, returns, comment, body_sha256 }) => ({
      signature,
      returns,
      comment,
      bodySha256: body_sha256,
    })),
  };
}

/** The text of `sql/schema.json`. */
export function schemaJson(manifest: SchemaManifest): string {
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

function column(row: ColumnRow): SchemaColumn {
  return {
    name: row.name,
    type: row.type,
    nullable: row.nullable,
    defaultValue: row.default_value,
    generatedAs: row.generated_as,
    comment: row.comment,
  };
}

function definition({ name, definition: text }: ObjectRow): SchemaObject {
  return { name, definition: text };
}

function byRelation<R extends { relation: string }, T>(
  rows: readonly R[],
  convert: (row: R) => T,
): Map<string, T[]> {
  const grouped = new Map<string, T[]>();
  for (const row of rows) {
    const group = grouped.get(row.relation);
    if (group === undefined) grouped.set(row.relation, [convert(row)]);
    else group.push(convert(row));
  }
  return grouped;
}
