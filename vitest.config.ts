import { defineConfig } from "vitest/config";
import { findSystemPostgres } from "./test/servers.ts";

/** Flow tests, once per PostgreSQL that this machine offers: the embedded one always, the system's where it is. */
const flows = (name: string, server: "embedded" | "system") => ({
  test: {
    name,
    include: ["test/**/*.test.ts"],
    globalSetup: ["test/global-setup.ts"],
    provide: { server },
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});

const system = findSystemPostgres();
if ("absent" in system) console.warn(`skipped: flow tests on the system's PostgreSQL (${system.absent})`);

export default defineConfig({
  test: {
    projects: [
      { test: { name: "pure", include: ["src/**/*.test.ts"] } },
      flows("embedded", "embedded"),
      ...("absent" in system ? [] : [flows(`system-${system.major}`, "system")]),
    ],
    maxWorkers: 2,
  },
});
