import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { cliPage } from "./cli-page.ts";
import { buildProgram } from "./program.ts";

test("docs/cli.md is what the program says (npm run docs)", async () => {
  const page = await readFile(new URL("../../docs/cli.md", import.meta.url), "utf8");
  expect(page).toBe(cliPage(buildProgram("en")));
});

test("both languages know the same commands and options", () => {
  const shape = (language: "en" | "ko") => [
    ...cliPage(buildProgram(language)).matchAll(/^## .*|^\| `[^`]*`/gm),
  ];
  expect(shape("ko").map(String)).toEqual(shape("en").map(String));
});
