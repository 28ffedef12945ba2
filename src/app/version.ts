import { readFileSync } from "node:fs";

/** The version in package.json, which lies beside both `src` and `dist`. */
export function packageVersion(): string {
  const text = readFileSync(new URL("../../package.json", import.meta.url), "utf8");
  const value: unknown = JSON.parse(text);
  if (typeof value === "object" && value !== null && "version" in value) return String(value.version);
  throw new Error("package.json has no version");
}
