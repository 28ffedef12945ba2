import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";

const CLI = fileURLToPath(new URL("../dist/cli/main.js", import.meta.url));

function observer(args: readonly string[], environment: Readonly<Record<string, string>> = {}) {
  const { PATH = "" } = process.env;
  return spawnSync(process.execPath, [CLI, ...args], { encoding: "utf8", env: { PATH, ...environment } });
}

describe("what cannot be used as given ends with 2, before a database is opened", () => {
  test.each([
    ["an unknown command", ["nonsense"]],
    ["half a command", ["db"]],
    ["a missing argument", ["backfill"]],
    ["an unknown option", ["verify", "--nope"]],
    ["an option that is no number", ["optimize", "--top", "x"]],
    ["an option that is no choice", ["db", "psql", "--role", "x"]],
  ] as const)("%s", (_, args) => {
    const { status, stdout, stderr } = observer(args);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toMatch(/error:|Usage:/);
  });

  test("a setting", () => {
    const { status, stderr } = observer(["config", "show"], { DATABASE_URL: "postgresql://h:bad/x" });
    expect(status).toBe(2);
    expect(stderr).toContain("DATABASE_URL: must be a URL");
  });
});

test.each([["--help"], ["--version"], ["db", "--help"]])("%s ends with 0", (...args) => {
  expect(observer(args)).toMatchObject({ status: 0, stderr: "" });
});
