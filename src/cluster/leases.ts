import { randomUUID } from "node:crypto";
import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { ClusterFiles } from "./cluster-files.ts";
import { isErrno, readJson, readTextIfPresent, replaceFile } from "./durable-file.ts";
import { isAlive, ownIdentity, type ProcessIdentity, parseIdentity } from "./process-identity.ts";

/** A live process that needs the server to run. */
export interface Lease {
  readonly pid: number;
  readonly sinceUs: number;
}

/** Writes a lease of this process and returns its path. Call it under the lock only. */
export async function takeLease(files: ClusterFiles): Promise<string> {
  const path = join(files.leases, `${process.pid}-${randomUUID()}.json`);
  await replaceFile(path, JSON.stringify({ ...(await ownIdentity()), sinceUs: Date.now() * 1000 }));
  return path;
}

export async function dropLease(path: string): Promise<void> {
  await rm(path, { force: true });
}

/** The leases whose process still runs. */
export async function liveLeases(files: ClusterFiles): Promise<Lease[]> {
  const leases: Lease[] = [];
  for (const { identity, sinceUs } of await readLeases(files)) {
    if (identity !== null && (await isAlive(identity))) leases.push({ pid: identity.pid, sinceUs });
  }
  return leases;
}

/** Deletes what processes left that ended without a goodbye. Call it under the lock only. */
export async function sweepLeases(files: ClusterFiles): Promise<void> {
  for (const { path, identity } of await readLeases(files)) {
    if (identity === null || !(await isAlive(identity))) await dropLease(path);
  }
}

/** A pinned server outlives its last lease: `observer db start` pins, `observer db stop` unpins. */
export async function isPinned(files: ClusterFiles): Promise<boolean> {
  return (await readTextIfPresent(files.pin)) !== null;
}

export async function pin(files: ClusterFiles): Promise<void> {
  await replaceFile(files.pin, "");
}

export async function unpin(files: ClusterFiles): Promise<void> {
  await rm(files.pin, { force: true });
}

interface LeaseFile {
  readonly path: string;
  readonly identity: ProcessIdentity | null;
  readonly sinceUs: number;
}

async function readLeases(files: ClusterFiles): Promise<LeaseFile[]> {
  const names = await readdir(files.leases).catch((error: unknown) => {
    if (isErrno(error, "ENOENT")) return [];
    throw error;
  });
  return Promise.all(
    names.map(async (name) => {
      const path = join(files.leases, name);
      const record = await readJson(path);
      const sinceUs =
        typeof record === "object" && record !== null && "sinceUs" in record ? record.sinceUs : 0;
      return { path, identity: parseIdentity(record), sinceUs: typeof sinceUs === "number" ? sinceUs : 0 };
    }),
  );
}
