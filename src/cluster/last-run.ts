import type { ClusterFiles } from "./cluster-files.ts";
import { readJson, replaceFile } from "./durable-file.ts";

/** What the process that started the server last knew of it; a newer program may attach to an older server. */
export interface LastRun {
  readonly port: number;
  readonly version: string;
  readonly serverPid: number;
}

export async function readLastRun(files: ClusterFiles): Promise<LastRun | null> {
  const value = await readJson(files.lastRun);
  if (typeof value !== "object" || value === null) return null;
  if (!("port" in value && "version" in value && "serverPid" in value)) return null;
  const { port, version, serverPid } = value;
  if (typeof port !== "number" || typeof version !== "string" || typeof serverPid !== "number") return null;
  return { port, version, serverPid };
}

export async function writeLastRun(files: ClusterFiles, run: LastRun): Promise<void> {
  await replaceFile(files.lastRun, `${JSON.stringify(run)}\n`);
}
