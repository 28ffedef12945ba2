// Writes every generated page; with --check writes none and fails when one is stale.
// Run by `npm run docs` and `npm run docs:check`, which build dist first.
import { chmod, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cliPage } from "../dist/cli/cli-page.js";
import { buildProgram } from "../dist/cli/program.js";
import { openCluster } from "../dist/cluster/index.js";
import { errorsPage } from "../dist/errors/errors-page.js";
import { ensureRoles, migrate, openClient, readSchema, schemaJson, schemaPage } from "../dist/store/index.js";

const schema = await migratedSchema();
const pages = {
  "docs/cli.md": cliPage(buildProgram("en")),
  "docs/errors.md": errorsPage(),
  "docs/schema.md": schemaPage(schema),
  "sql/schema.json": schemaJson(schema),
};

for (const [name, text] of Object.entries(pages)) {
  const path = new URL(`../${name}`, import.meta.url);
  if ((await readFile(path, "utf8").catch(() => "")) === text) continue;
  if (process.argv.includes("--check")) {
    console.error(`${name} is stale; run "npm run docs" and commit it.`);
    process.exitCode = 1;
  } else {
    await writeFile(path, text);
    console.log(`${name} written`);
  }
}

/** What the migrations make of an empty database, on a throwaway embedded PostgreSQL. */
async function migratedSchema() {
  const dataRoot = await mkdtemp(join(tmpdir(), "observer-schema-"));
  // The server runs under another account when this runs as root.
  await chmod(dataRoot, 0o755);
  const cluster = await openCluster({ dataRoot });
  try {
    await ensureRoles(cluster.adminUrl, { passwords: cluster.passwords, database: "observer" });
    const { error } = await migrate(cluster.urlFor("owner"));
    if (error !== undefined) throw error;
    const client = await openClient(cluster.urlFor("owner"), "observer schema page");
    const manifest = await readSchema(client);
    await client.end();
    return manifest;
  } finally {
    await cluster.release();
    await rm(dataRoot, { recursive: true, force: true });
  }
}
