import type { SchemaColumn, SchemaManifest, SchemaRelation } from "./schema-manifest.ts";

const HEAD = `# Schema

Generated from the migrations by \`npm run docs\`; a test fails when it is stale. Times are instants
(\`timestamptz\`), dates are Korean trading dates, prices are won a share, ratios are fractions (0.01 = 1 %).
`;

/** The text of \`docs/schema.md\`. */
export function schemaPage(manifest: SchemaManifest): string {
  const tables = manifest.relations.filter(({ kind }) => kind.endsWith("table"));
  const views = manifest.relations.filter(({ kind }) => kind.endsWith("view"));
  const routines = manifest.routines.filter(({ returns }) => returns !== "trigger");
  return [
    HEAD,
    "## Tables\n",
    ...tables.map(relation),
    "## Views\n",
    ...views.map(relation),
    "## Functions\n",
    table(
      ["Function", "Returns", "What it does"],
      routines.map(({ signature, returns, comment }) => [code(signature), code(returns), comment]),
    ),
  ].join("\n");
}

function relation({ name, kind, comment, columns, indexes, constraints }: SchemaRelation): string {
  const parts = [
    `### ${name}\n`,
    `${kind === "table" || kind === "view" ? "" : `*${kind}* · `}${comment}\n`,
    table(
      ["Column", "Type", "Meaning"],
      columns.map((column) => [code(column.name), typeOf(column), column.comment]),
    ),
  ];
  if (indexes.length > 0) {
    parts.push(
      table(
        ["Index", "On", "For"],
        indexes.map((index) => [code(index.name), code(indexed(index.definition)), index.comment]),
      ),
    );
  }
  if (constraints.length > 0) {
    parts.push(`${constraints.map(({ definition }) => `- ${code(definition)}`).join("\n")}\n`);
  }
  return parts.join("\n");
}

function typeOf({ type, nullable, defaultValue, generatedAs }: SchemaColumn): string {
  const details = [
    nullable ? "" : "not null",
    defaultValue === null ? "" : `default ${code(defaultValue)}`,
    generatedAs === null ? "" : `generated: ${code(generatedAs.replace(/\s+/g, " ").trim())}`,
  ].filter((detail) => detail !== "");
  return [type, ...details].join(", ");
}

/** What follows the table's name in an index definition, and that it is unique. */
function indexed(definition: string): string {
  const unique = definition.startsWith("CREATE UNIQUE") ? "unique " : "";
  return unique + definition.slice(definition.indexOf(" USING ") + " USING ".length);
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line), ""].join("\n");
}

function code(text: string): string {
  return text === "" ? "" : `\`${text}\``;
}
