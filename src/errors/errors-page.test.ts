import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { errorsPage } from "./errors-page.ts";

test("docs/errors.md is what the catalogue says (npm run docs)", async () => {
  expect(await readFile(new URL("../../docs/errors.md", import.meta.url), "utf8")).toBe(errorsPage());
});
