import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { phase13Database } from "./phase13-database.ts";
import type { TestDatabase } from "./postgres.ts";

const CLI = fileURLToPath(new URL("../dist/cli/main.js", import.meta.url));

let db: TestDatabase;
beforeAll(async () => {
  db = await phase13Database();
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

test("the command line: refused, planned, upgraded, dropped", async () => {
  const status = await observer("db", "status");
  expect(status).toMatchObject({ code: 4, err: expect.stringContaining("OBS_SCHEMA_PHASE_13") });

  const plan = await observer("db", "migrate", "--plan");
  expect(plan.code).toBe(0);
  expect(plan.out).toMatch(/scalp_ticks +91,204 +0 +waiting/);
  expect(plan.out).toContain("estimated time");

  const unasked = await observer("db", "migrate");
  expect(unasked).toMatchObject({
    code: 4,
    out: "",
    err: expect.stringContaining("observer db migrate --yes"),
  });
  expect(unasked.err).toContain("scalp_ticks");
  expect(await db.query("SELECT to_regnamespace('phase13') AS made")).toEqual([{ made: null }]);

  const upgraded = await observer("db", "migrate", "--yes");
  expect(upgraded.err).toContain("swing_bars_10m: compared");
  expect(upgraded.code).toBe(0);
  expect(upgraded.out).toMatch(/scalp_ticks +91,204 +90,202 +1,000 +2 +equal/);
  expect(upgraded.out).toContain("upgrade_refused");

  expect(await observer("db", "migrate", "--plan")).toMatchObject({
    code: 0,
    out: expect.stringContaining("up to date"),
  });
  expect((await observer("db", "drop-phase13")).code).toBe(2);
  expect(await db.query("SELECT count(*)::int AS n FROM phase13.scalp_ticks")).toEqual([{ n: 91_204 }]);
  const dropped = await observer("--json", "db", "drop-phase13", "--yes");
  expect(dropped.code).toBe(0);
  expect(JSON.parse(dropped.out)).toMatchObject({ refusedRows: 20 });
  expect(await db.query("SELECT to_regclass('phase13.scalp_ticks') AS there")).toEqual([{ there: null }]);
  expect((await observer("db", "status")).code).toBe(0);
});
