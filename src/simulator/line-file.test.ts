import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterEach, beforeEach, expect, test } from "vitest";
import { LineFile } from "./line-file.ts";

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "observer-lines-"));
});
afterEach(() => rm(root, { recursive: true }));

test("lines come back as added, with their end, mark, count, size and hash", async () => {
  const file = await LineFile.create(root, { path: "a/b.jsonl", lineEnd: "\r\n", hasByteOrderMark: true });
  file.add("one");
  file.add("");
  const summary = await file.finish();
  const content = Buffer.from("\uFEFFone\r\n\r\n", "utf8");
  expect(await readFile(join(root, "a/b.jsonl"))).toEqual(content);
  const contentSha256 = createHash("sha256").update(content).digest("hex");
  expect(summary).toEqual({ path: "a/b.jsonl", lines: 2, bytes: content.length, contentSha256 });
});

test("a compressed file has the hash of its text and the size it takes", async () => {
  const file = await LineFile.create(root, { path: "many.jsonl.gz" });
  const lines = Array.from({ length: 50_000 }, (_, i) => `line ${i}`);
  for (const line of lines) {
    file.add(line);
    if (file.isFull) await file.flush();
  }
  const { bytes, contentSha256 } = await file.finish();
  const onDisk = await readFile(join(root, "many.jsonl.gz"));
  expect(bytes).toBe(onDisk.length);
  expect(gunzipSync(onDisk).toString()).toBe(lines.map((line) => `${line}\n`).join(""));
  expect(contentSha256).toBe(createHash("sha256").update(gunzipSync(onDisk)).digest("hex"));
});

test.each(["taken.jsonl", "taken.jsonl.gz"])("%s that exists is an error, not a wait", async (path) => {
  await writeFile(join(root, path), "mine");
  const fill = async () => {
    const file = await LineFile.create(root, { path });
    for (let chunk = 0; chunk < 8; chunk++) {
      while (!file.isFull) file.add("x".repeat(1000));
      await file.flush();
    }
    await file.finish();
  };
  await expect(fill()).rejects.toMatchObject({ code: "EEXIST" });
  expect(await readFile(join(root, path), "utf8")).toBe("mine");
});
