import { createHash } from "node:crypto";
import type { ClusterFiles } from "./cluster-files.ts";
import { readTextIfPresent } from "./durable-file.ts";
import { type PostmasterFile, readPostmasterFile, type ServerPhase } from "./postmaster-file.ts";
import { readCommand } from "./process-command.ts";
import { isPidAlive } from "./process-identity.ts";

/** What a data directory's server is doing. `crashed`: its file is there, its process is not. */
export type ServerState =
  | { readonly kind: "not-initialised" }
  | { readonly kind: "stopped" }
  | { readonly kind: "crashed"; readonly pid: number; readonly pidTakenByAnother: boolean }
  | {
      readonly kind: "running";
      readonly pid: number;
      readonly phase: ServerPhase;
      readonly port: number | null;
      readonly startTimeUs: number;
    };

export async function readServerState(files: ClusterFiles): Promise<ServerState> {
  if ((await readTextIfPresent(`${files.data}/PG_VERSION`)) === null) return { kind: "not-initialised" };
  const file = await readPostmasterFile(files.data);
  if (file === null) return { kind: "stopped" };
  if (!(await isPidAlive(file.pid))) return { kind: "crashed", pid: file.pid, pidTakenByAnother: false };
  if (!(await isOurServer(files, file))) return { kind: "crashed", pid: file.pid, pidTakenByAnother: true };
  return {
    kind: "running",
    pid: file.pid,
    phase: file.phase,
    port: file.port,
    startTimeUs: file.startTimeUs,
  };
}

/** Unique to the data directory; stands in the title of every process of its server. */
export function clusterName(files: ClusterFiles): string {
  return `observer-${createHash("sha256").update(files.data).digest("hex").slice(0, 12)}`;
}

/**
 * After a reboot, and always after a container's restart, the pid may be anybody's, and PostgreSQL then refuses to
 * start. A postgres that names another directory is not ours; one that names none may be, and is left alone.
 */
async function isOurServer(files: ClusterFiles, file: PostmasterFile): Promise<boolean> {
  const command = await readCommand(file.pid);
  if (command === null) return isPidAlive(file.pid);
  if (command.includes(files.data)) return true;
  return /^[^\0 ]*postgres(\0|$)/.test(command) && !/\0\//.test(command);
}
