import { execFile } from "node:child_process";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, inject, test } from "vitest";
import { tradeDate } from "../src/record/index.ts";
import { writeSample } from "../src/simulator/index.ts";
import { freshDataRoot } from "./data-root.ts";

const execute = promisify(execFile);
const PROGRAM = fileURLToPath(new URL("../dist/cli/main.js", import.meta.url));

async function blocksOf(page: string, language: string): Promise<string[]> {
  const text = await readFile(new URL(`../docs/${page}`, import.meta.url), "utf8");
  const fenced = new RegExp(`\`\`\`${language}\n([\\s\\S]*?)\`\`\``, "g");
  return [...text.matchAll(fenced)].flatMap(([, block = ""]) => block.trim().split("\n"));
}

function anchorsOf(page: string): Set<string> {
  const headings = [...page.matchAll(/^#+ (.*)$/gm)].map(([, heading = ""]) => heading);
  return new Set(
    headings.map((text) =>
      text
        .toLowerCase()
        .replace(/[^\p{L}\p{N} -]/gu, "")
        .replaceAll(" ", "-"),
    ),
  );
}

describe.skipIf(inject("server") !== "embedded")("the pages (once, on the embedded server)", () => {
  test("every link between pages leads to a page or a heading of it, and to every page leads a link", async () => {
    const root = fileURLToPath(new URL("..", import.meta.url));
    const docs = await readdir(join(root, "docs"), { recursive: true });
    const pages = [
      ...["README.md", "README.ko.md", "CONTRIBUTING.md", "CHANGELOG.md"],
      ...docs.filter((name) => name.endsWith(".md")).map((name) => join("docs", name)),
    ];
    const texts = new Map<string, string>();
    for (const page of pages) texts.set(page, await readFile(join(root, page), "utf8"));
    const broken: string[] = [];
    const reached = new Set(["README.md", "README.ko.md", "CONTRIBUTING.md", "CHANGELOG.md"]);
    for (const [page, text] of texts) {
      for (const [, target = ""] of text.matchAll(/\]\(([^)\s]+)\)/g)) {
        if (/^https?:/.test(target)) continue;
        const [path = "", heading] = target.split("#");
        const to = path === "" ? page : join(dirname(page), path);
        reached.add(to);
        const linked = texts.get(to);
        const found = linked !== undefined && (heading === undefined || anchorsOf(linked).has(heading));
        if (!found) broken.push(`${page}: ${target}`);
      }
    }
    expect(broken).toEqual([]);
    expect(pages.filter((page) => !reached.has(page))).toEqual([]);
  });

  test("first day with your JSONL: every command runs, every example line is loaded", async () => {
    const folder = await freshDataRoot();
    await writeFile(join(folder, "observer"), `#!/bin/sh\nexec node "${PROGRAM}" "$@"\n`, { mode: 0o755 });
    const environment = {
      PATH: `${folder}:${process.env.PATH}`,
      HOME: folder,
      OBSERVER_HOME: folder,
      OBSERVER_WORKERS: "1",
    };
    await writeSample({
      directory: join(folder, "my-data"),
      tradingDates: [tradeDate("2026-01-22"), tradeDate("2026-01-23")],
      swingSymbols: 13,
      tickSymbols: 2,
    });
    const page = "guides/first-day-with-your-jsonl.md";
    const [tick, bar, gap] = await blocksOf(page, "json");
    await writeFile(join(folder, "my-data/scalp/20260122_example.jsonl"), `${tick}\n`);
    await writeFile(join(folder, "my-data/swing/202601_example.jsonl"), `${bar}\n`);
    await writeFile(join(folder, "my-data/system/gap_example.jsonl"), `${gap}\n`);

    const answers = new Map<string, string>();
    for (const command of await blocksOf(page, "sh")) {
      const { stdout } = await execute("sh", ["-c", command], { cwd: folder, env: environment }).catch(
        (error: { stdout?: string; stderr?: string }) => {
          throw new Error(`${command}\n${error.stdout}\n${error.stderr}`);
        },
      );
      answers.set(command, `${answers.get(command) ?? ""}${stdout}`);
    }
    expect(answers.get("observer backfill my-data")).toContain("everything was loaded already");
    expect(answers.get("observer verify")).toMatch(/checks passed in/);
    const examples = await execute(
      "sh",
      [
        "-c",
        `observer db psql --json -c "SELECT rows, rejects FROM ingest_files WHERE path LIKE '%example%'"`,
      ],
      { cwd: folder, env: environment },
    );
    expect(JSON.parse(examples.stdout).rows).toEqual([
      [1, 0],
      [1, 0],
      [1, 0],
    ]);
  });
});
