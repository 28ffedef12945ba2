import { compareSchemas, readSchema, type SchemaDifference, type Store } from "../store/index.ts";
import { expectedSchema } from "./expected-schema.ts";

/** Its comment tells the owner to drop it once the step that made it is trusted. */
const DISPENSABLE = "swing_bars_10m_backup";

/** In what the database differs from what the migrations make, as far as it matters to what is stored. */
export async function schemaDrift(store: Store): Promise<SchemaDifference[]> {
  const expected = expectedSchema();
  const ours = new Set(expected.relations.map(({ name }) => name));
  return compareSchemas(expected, await readSchema(store.reader)).filter((found) => matters(found, ours));
}

/**
 * Tables, columns and indexes that someone added harm nothing. A constraint or trigger on a table of ours may refuse
 * or change rows, so that one counts.
 */
function matters(difference: SchemaDifference, ours: ReadonlySet<string>): boolean {
  const [, type = "", relation = ""] = /^(.+?) ([^ .(]+)/.exec(difference.what) ?? [];
  switch (difference.kind) {
    case "missing":
      return relation !== DISPENSABLE;
    case "different":
      return relation !== DISPENSABLE && meaning(difference.expected) !== meaning(difference.found);
    case "unexpected":
      return (type === "constraint" || type === "trigger") && ours.has(relation);
    default:
      return difference satisfies never;
  }
}

/**
 * A definition without the casts that PostgreSQL moves when it reads its own text back, as restoring a dump does:
 * `ANY ((ARRAY['a'::character varying])::text[])` comes back as `ANY (ARRAY[('a'::character varying)::text])`.
 */
function meaning(definition: string): string {
  return definition
    .replaceAll(/::(character varying|text)(\[\])?/g, "")
    .replaceAll(/\(('[^']*')\)/g, "$1")
    .replaceAll(/\(\((ARRAY\[[^\]]*\])\)\)/g, "($1)");
}
