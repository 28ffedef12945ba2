import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { startSystemServer } from "./system-server.ts";
import { createTemplate, type TestServer } from "./template.ts";

declare module "vitest" {
  export interface ProvidedContext {
    server: "embedded" | "system";
    postgres: TestServer;
  }
}

/** One server per project, with a migrated template database that every test file copies. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const directory = await mkdtemp(join(tmpdir(), "observer-test-"));
  const server =
    project.config.provide.server === "system"
      ? await startSystemServer(directory)
      : await startEmbedded(directory);
  project.provide("postgres", await createTemplate(server.adminUrl));
  return async () => {
    await server.stop();
    await rm(directory, { recursive: true, force: true });
  };
}

async function startEmbedded(directory: string): Promise<{ adminUrl: string; stop(): Promise<void> }> {
  const { chmod } = await import("node:fs/promises");
  // The server runs under another account when the tests run as root.
  await chmod(directory, 0o755);
  const { openCluster } = await import("../src/cluster/index.ts");
  const cluster = await openCluster({ dataRoot: directory });
  return { adminUrl: cluster.adminUrl, stop: () => cluster.release() };
}
