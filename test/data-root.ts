import { chmod, mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { onTestFinished } from "vitest";
import { clusterStatus, stopCluster } from "../src/cluster/index.ts";

/** A data root of this test's own; its server is stopped and its files are removed when the test ends. */
export async function freshDataRoot(): Promise<string> {
  const root = await realpath(await mkdtemp(join(tmpdir(), "observer-cluster-")));
  // Run as root, the tests' server has another account, and mkdtemp closes directories to all others.
  await chmod(root, 0o755);
  onTestFinished(async () => {
    await stopCluster(root, { mode: "immediate" });
    await rm(root, { recursive: true, force: true });
  });
  return root;
}

export async function runningStatus(root: string) {
  const status = await clusterStatus(root);
  if (status.kind !== "running") throw new Error(`the server is ${status.kind}`);
  return status;
}

/** Runs statements on one connection of their own; the last one's rows. */
export async function ask(url: string, ...statements: string[]): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  client.on("error", () => undefined);
  await client.connect();
  try {
    let rows: Record<string, unknown>[] = [];
    for (const statement of statements) rows = (await client.query(statement)).rows;
    return rows;
  } finally {
    await client.end();
  }
}
