import { createHash } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import type { ClusterFiles } from "./cluster-files.ts";
import { readTextIfPresent } from "./durable-file.ts";
import { type PostmasterFile, readPostmasterFile, type ServerPhase } from "./postmaster-file.ts";
import { readCommand } from "./process-command.ts";
import { isPidAlive } from "./process-identity.ts";

/** Far longer than a server takes between creating its file and filling it. */
const BEING_WRITTEN_MS = 100;

/**
 * What a data directory's server is doing.
 * crashed  its file is there, its process is not; `pid` is null when a power cut damaged the file
 */
export type ServerState =
  | { readonly kind: "not-initialised" }
  | { readonly kind: "stopped" }
  | { readonly kind: "crashed"; readonly pid: number | null }
  | {
      readonly kind: "running";
      readonly pid: number;
      readonly phase: ServerPhase;
      readonly port: number | null;
      readonly startTimeUs: number;
    };

export async function readServerState(files: ClusterFiles): Promise<ServerState> {
  if ((await readTextIfPresent(`${files.data}/PG_VERSION`)) === null) return { kind: "not-initialised" };
  let found = await readPostmasterFile(files.data);
  if (found.kind === "malformed") {
    await delay(BEING_WRITTEN_MS);
    found = await readPostmasterFile(files.data);
  }
  if (found.kind === "absent") return { kind: "stopped" };
  if (found.kind === "malformed") return { kind: "crashed", pid: null };
  const { file } = found;
  if (!(await isPidAlive(file.pid)) || !(await isOurServer(files, file)))
    return { kind: "crashed", pid: file.pid };
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
 * start. A postgres that names another directory is not ours; one started by hand that names none by its full path
 * may be, and is left alone.
 */
async function isOurServer(files: ClusterFiles, file: PostmasterFile): Promise<boolean> {
  const command = await readCommand(file.pid);
  if (command === null) return false;
  if (`${command} `.includes(`postgres -D ${files.data} `)) return true;
  return /^\S*postgres( |$)/.test(command) && !/ -D *\//.test(command);
}
