import { afterAll, beforeAll, expect, test } from "vitest";
import { openStore } from "../src/store/index.ts";
import { freshDatabase, type TestDatabase } from "./postgres.ts";

let db: TestDatabase;

beforeAll(async () => {
  db = await freshDatabase();
});
afterAll(() => db.drop());

test.each(["writer", "reader"] as const)("a store whose %s cannot be reached names that one", async (one) => {
  const gone = "postgresql://nobody@127.0.0.1:1/gone";
  await expect(openStore({ ...db.urls, [one]: gone })).rejects.toMatchObject({
    code: "OBS_DATABASE_UNREACHABLE",
    message: expect.stringContaining("database gone on 127.0.0.1:1"),
  });
});
