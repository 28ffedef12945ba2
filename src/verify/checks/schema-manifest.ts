import { type Check, SAMPLES } from "../check.ts";
import { repairCommand, resultOf } from "../defects.ts";
import { expectedSchema } from "../expected-schema.ts";
import { restoreSchemaObjects } from "../mends/restore-schema-objects.ts";
import { schemaDrift } from "../schema-drift.ts";

const NAME = "schema-manifest";

export const schemaManifest: Check = {
  name: NAME,
  area: "schema",
  question:
    "Are all tables, columns, generated expressions, indexes, constraints, triggers and functions what the migrations made?",
  tables: expectedSchema().relations.map(({ name }) => name),
  run: async ({ store }) => {
    const differences = await schemaDrift(store);
    const samples = differences.slice(0, SAMPLES).map((difference) => ({
      kind: difference.kind,
      what: difference.what,
      expected: difference.kind === "unexpected" ? null : difference.expected,
      found: difference.kind === "missing" ? null : difference.found,
    }));
    return resultOf(
      { count: differences.length, samples },
      {
        likelyCause: "migrations are pending, or the schema was changed by hand.",
        mend: `observer db migrate, then ${repairCommand(NAME)} for indexes, constraints and triggers; nothing is dropped.`,
      },
    );
  },
  mend: restoreSchemaObjects,
};
