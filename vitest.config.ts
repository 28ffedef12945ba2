import { defineConfig } from "vitest/config";

// `pure` needs no database. `flows` run once per PostgreSQL that this machine offers: the embedded 18 always,
// the system's 15 where it is installed (test/servers.ts finds it and names the reason where it is skipped).
const flows = (name: string, server: string) => ({
  test: {
    name,
    include: ["test/**/*.test.ts"],
    globalSetup: ["test/global-setup.ts"],
    provide: { server },
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});

export default defineConfig({
  test: {
    projects: [
      { test: { name: "pure", include: ["src/**/*.test.ts"] } },
      flows("postgres-18", "embedded"),
      flows("postgres-15", "system"),
    ],
    maxWorkers: 2,
  },
});
