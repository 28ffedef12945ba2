// Writes sql/schema.json and docs/schema.md from the migrations, on a throwaway embedded PostgreSQL.
// Run by `npm run docs:schema`, which builds dist first.
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openCluster } from "../dist/cluster/index.js";
import { ensureRoles, migrate, openClient, readSchema, schemaJson, schemaPage } from "../dist/store/index.js";

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
  const root = new URL("../", import.meta.url);
  await writeFile(new URL("sql/schema.json", root), schemaJson(manifest));
  await writeFile(new URL("docs/schema.md", root), schemaPage(manifest));
} finally {
  await cluster.release();
  await rm(dataRoot, { recursive: true, force: true });
}
