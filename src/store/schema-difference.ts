import type { SchemaManifest, SchemaRelation } from "./schema-manifest.ts";

/** One thing in which a database is not what the migrations make; `what` names it, such as "column scalp_ticks.seq". */
export type SchemaDifference =
  | { kind: "missing"; what: string; expected: string }
  | { kind: "unexpected"; what: string; found: string }
  | { kind: "different"; what: string; expected: string; found: string };

/** Compares by name; comments count, since they are where units are told. Order of columns does not. */
export function compareSchemas(expected: SchemaManifest, found: SchemaManifest): SchemaDifference[] {
  const wanted = facts(expected);
  const present = facts(found);
  const differences: SchemaDifference[] = [];
  for (const [what, text] of wanted) {
    const other = present.get(what);
    if (other === undefined) differences.push({ kind: "missing", what, expected: text });
    else if (other !== text) differences.push({ kind: "different", what, expected: text, found: other });
  }
  for (const [what, text] of present) {
    if (!wanted.has(what)) differences.push({ kind: "unexpected", what, found: text });
  }
  return differences;
}

function facts(manifest: SchemaManifest): Map<string, string> {
  const all = new Map<string, string>();
  for (const relation of manifest.relations) {
    all.set(`${relation.kind} ${relation.name}`, relation.comment);
    for (const [what, text] of relationFacts(relation)) all.set(what, text);
  }
  for (const { signature, returns, comment, bodySha256 } of manifest.routines) {
    all.set(`function ${signature}`, `returns ${returns}, body ${bodySha256}: ${comment}`);
  }
  return all;
}

function* relationFacts({
  name,
  columns,
  indexes,
  constraints,
  triggers,
}: SchemaRelation): Generator<[string, string]> {
  for (const column of columns) {
    const { type, nullable, defaultValue, generatedAs, comment } = column;
    const parts = [
      type,
      nullable ? "" : "NOT NULL",
      defaultValue === null ? "" : `DEFAULT ${defaultValue}`,
      generatedAs === null ? "" : `GENERATED AS (${generatedAs})`,
    ];
    yield [`column ${name}.${column.name}`, `${parts.filter(Boolean).join(" ")}: ${comment}`];
  }
  for (const index of indexes) yield [`index ${index.name}`, `${index.definition}: ${index.comment}`];
  for (const constraint of constraints)
    yield [`constraint ${name}.${constraint.name}`, constraint.definition];
  for (const trigger of triggers) yield [`trigger ${name}.${trigger.name}`, trigger.definition];
}
