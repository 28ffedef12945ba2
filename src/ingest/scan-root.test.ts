import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { scanRoot } from "./scan-root.ts";

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "observer-scan-"));
  await mkdir(join(root, "scalp"));
});
afterEach(() => rm(root, { recursive: true, force: true }));

test("links to files are found, also those that lead nowhere; folders named like files are not", async () => {
  await writeFile(join(root, "elsewhere"), "12345");
  await symlink(join(root, "elsewhere"), join(root, "scalp", "a.jsonl"));
  await symlink(join(root, "nowhere"), join(root, "scalp", "b.jsonl"));
  await mkdir(join(root, "scalp", "c.jsonl"));
  expect(await scanRoot(root)).toEqual([
    { path: join(root, "scalp", "a.jsonl"), dataset: "scalp", bytes: 5 },
    { path: join(root, "scalp", "b.jsonl"), dataset: "scalp", bytes: 0 },
  ]);
});

test("a root that cannot be one is told from one without data", async () => {
  await writeFile(join(root, "ticks.jsonl"), "");
  const refusal = (path: string) => expect(scanRoot(path)).rejects;
  await refusal(root).toMatchObject({ code: "OBS_NO_DATA_FOUND", message: `${root} holds nothing to load.` });
  await refusal(join(root, "nope")).toMatchObject({ message: `${join(root, "nope")} does not exist.` });
  await refusal(join(root, "ticks.jsonl")).toMatchObject({
    message: `${join(root, "ticks.jsonl")} is no folder.`,
  });
});
