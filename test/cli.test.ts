import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { freshDatabase, type TestDatabase } from "./postgres.ts";

const CLI = fileURLToPath(new URL("../dist/cli/main.js", import.meta.url));

let db: TestDatabase;
beforeAll(async () => {
  db = await freshDatabase({ migrated: true });
});
afterAll(() => db.drop());

async function observer(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const child = spawn(process.execPath, [CLI, ...args], {
    env: { PATH: process.env.PATH, DATABASE_URL: db.ownerUrl, LANG: "C" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const said = { out: "", err: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => (said.out += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (said.err += text));
  const [code] = await once(child, "close");
  return { code: Number(code), ...said };
}

test("words that make no command end with 2 and one hint, help and version with 0", async () => {
  const mistyped = await observer("verfy");
  expect(mistyped).toMatchObject({ code: 2, out: "" });
  expect(mistyped.err).toContain("Did you mean verify?");
  expect(mistyped.err).not.toContain("Usage:");
  expect((await observer("optimize", "--top", "0")).code).toBe(2);
  expect((await observer("bars", "build")).code).toBe(2);
  expect((await observer("db")).code).toBe(2);
  expect((await observer("verify", "--help")).code).toBe(0);
  expect((await observer("--version")).code).toBe(0);
});

test("a statement that the database refuses is no defect of the program", async () => {
  const refused = await observer("db", "psql", "-c", "selec");
  expect(refused).toMatchObject({ code: 4, err: expect.stringContaining("OBS_QUERY_FAILED") });
  const several = await observer("--json", "db", "psql", "-c", "SELECT 1 AS a; SELECT 2 AS b");
  expect(JSON.parse(several.out)).toEqual({ columns: ["b"], rows: [[2]] });
});

test("migrations are taken back only with --yes", async () => {
  const newest = async () => await db.query("SELECT name FROM migration_log ORDER BY id DESC LIMIT 1");
  const before = await newest();
  const plan = await observer("db", "rollback");
  expect(plan).toMatchObject({
    code: 0,
    out: expect.stringContaining(`would take back: ${before[0]?.name}`),
  });
  expect(await newest()).toEqual(before);
  const done = await observer("db", "rollback", "--yes");
  expect(done).toMatchObject({ code: 0, out: `taken back: ${before[0]?.name}\n` });
  expect(await newest()).not.toEqual(before);
  const nowhere = await observer("db", "migrate", "--to", "nowhere");
  expect(nowhere).toMatchObject({ code: 4, out: "" });
  expect((await observer("db", "migrate")).out).toBe(`applied: ${before[0]?.name}\n`);
});
