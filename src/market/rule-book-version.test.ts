import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { RULE_BOOK_VERSION } from "./rule-book-version.ts";

const folder = new URL("./data/", import.meta.url);
const files = readdirSync(folder).sort();
const parsed = (file: string): unknown => JSON.parse(readFileSync(new URL(file, folder), "utf8"));

function withoutSource(value: unknown, path: string): string[] {
  if (typeof value !== "object" || value === null) return [];
  const missing = Object.entries(value).flatMap(([key, child]) => withoutSource(child, `${path}.${key}`));
  const dated = "date" in value || ("from" in value && !("to" in value));
  const sourced = "source" in value && typeof value.source === "string" && value.source !== "";
  return dated && !sourced ? [path, ...missing] : missing;
}

describe("the rule book's data", () => {
  it("all enter the version", () => {
    const camelCase = (file: string) =>
      file.replace(".json", "").replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
    const book = Object.fromEntries(files.map((file) => [camelCase(file), parsed(file)]));
    const version = createHash("sha256").update(JSON.stringify(book)).digest("hex").slice(0, 16);
    expect(RULE_BOOK_VERSION).toBe(version);
  });

  it.each(files)("%s names a source for every dated entry", (file) => {
    expect(withoutSource(parsed(file), file)).toEqual([]);
  });
});
