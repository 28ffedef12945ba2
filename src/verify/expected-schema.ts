import { readFileSync } from "node:fs";
import type { SchemaManifest } from "../store/index.ts";

/** The schema that the migrations make, as `npm run docs` wrote it down; it ships with the program. */
export function expectedSchema(): SchemaManifest {
  const manifest: SchemaManifest = JSON.parse(
    readFileSync(new URL("../../sql/schema.json", import.meta.url), "utf8"),
  );
  return manifest;
}
