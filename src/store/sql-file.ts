import { readFileSync } from "node:fs";

const cache = new Map<string, string>();

/** The text of `sql/queries/<name>.sql`, which lies beside both `src` and `dist` in the package. */
export function sqlFile(name: string): string {
  let text = cache.get(name);
  if (text === undefined) {
    text = readFileSync(new URL(`../../sql/queries/${name}.sql`, import.meta.url), "utf8");
    cache.set(name, text);
  }
  return text;
}
