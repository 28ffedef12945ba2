import { openClient, type SchemaRelation } from "../../store/index.ts";
import type { CheckContext, MendStep } from "../check.ts";
import { expectedSchema } from "../expected-schema.ts";
import { schemaDrift } from "../schema-drift.ts";

/** Makes missing indexes, constraints and triggers anew. What would need data or a migration is only named. */
export async function restoreSchemaObjects({ store }: CheckContext): Promise<MendStep[]> {
  const differences = await schemaDrift(store);
  const { relations } = expectedSchema();
  const statements = new Map(relations.flatMap((relation) => [...restoring(relation)]));
  const relationOf = new Map(
    relations.flatMap((relation) => [...restoring(relation)].map(([what]) => [what, relation.name] as const)),
  );
  const steps: MendStep[] = [];
  const lost = new Set(differences.filter(({ kind }) => kind === "missing").map(({ what }) => what));
  for (const { kind, what } of differences) {
    const relation = relationOf.get(what);
    const canBeMade = kind === "missing" && relation !== undefined && !lost.has(`table ${relation}`);
    const definition = canBeMade ? statements.get(what) : undefined;
    if (definition === undefined) {
      const why =
        kind === "unexpected"
          ? "nothing is dropped; drop it by hand if it is not wanted."
          : 'only a migration can make or change it; see "observer db migrate" and docs/schema.md.';
      steps.push({ kind: "cannot", what: `${kind} ${what}`, why });
      continue;
    }
    const apply = async () => {
      const client = await openClient(store.urls.owner, "observer repair");
      try {
        // Several statements in one query are one transaction.
        await client.query(definition);
        return 1;
      } finally {
        await client.end();
      }
    };
    steps.push({ kind: "do", what: `make ${what}: ${definition}`, apply });
  }
  return steps;
}

/** What each object of a relation is called in a comparison, and the statement that makes it. */
function* restoring({ name, indexes, constraints, triggers }: SchemaRelation): Generator<[string, string]> {
  for (const index of indexes) {
    yield [`index ${index.name}`, `${indexStatement(name, index)};\n${commentOn(index)}`];
  }
  for (const { name: constraint, definition } of constraints) {
    const statement = `ALTER TABLE ${quoted(name)} ADD CONSTRAINT ${quoted(constraint)} ${definition}`;
    yield [`constraint ${name}.${constraint}`, statement];
  }
  for (const { name: trigger, definition } of triggers) yield [`trigger ${name}.${trigger}`, definition];
}

function indexStatement(relation: string, index: { name: string; definition: string }): string {
  const key = /USING btree (\([^()]*\))$/.exec(index.definition)?.[1];
  if (index.name === `${relation}_pkey` && key !== undefined)
    return `ALTER TABLE ${quoted(relation)} ADD CONSTRAINT ${quoted(index.name)} PRIMARY KEY ${key}`;
  // Of a partitioned table PostgreSQL tells the index of the parent alone; made so, it would stay invalid.
  return index.definition.replace(" ON ONLY ", " ON ");
}

function commentOn({ name, comment }: { name: string; comment: string }): string {
  return comment === "" ? "" : `COMMENT ON INDEX ${quoted(name)} IS '${comment.replaceAll("'", "''")}'`;
}

const quoted = (identifier: string) => `"${identifier.replaceAll('"', '""')}"`;
