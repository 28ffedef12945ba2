// What tsc leaves undone in dist: output of sources that are gone stays importable and would be packed, and the
// program is not executable.
import { chmodSync, existsSync, readdirSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";

const dist = new URL("../dist/", import.meta.url);
const src = new URL("../src/", import.meta.url);

for (const entry of readdirSync(dist, { recursive: true, withFileTypes: true })) {
  if (!entry.isFile() || entry.name === ".tsbuildinfo") continue;
  const path = `${entry.parentPath}/${entry.name}`.slice(fileURLToPath(dist).length).replace(/^\//, "");
  const source = path.replace(/(\.d\.ts|\.js)$/, ".ts");
  if (!existsSync(new URL(source, src))) rmSync(new URL(path, dist));
}
chmodSync(new URL("cli/main.js", dist), 0o755);
