import { setTimeout as delay } from "node:timers/promises";
import type { ClusterFiles } from "./cluster-files.ts";
import { isErrno } from "./durable-file.ts";
import { listCommands } from "./process-command.ts";
import { isPidAlive } from "./process-identity.ts";
import { clusterName } from "./server-state.ts";

const PATIENCE_MS = 2_000;
const POLL_MS = 20;

/**
 * Ends the processes of a server whose postmaster was killed. Most notice by themselves; one in the middle of a long
 * computation does not, and holds the shared memory that a new server waits for. Call it under the lock, and only
 * when the postmaster is dead.
 */
export async function endLeftovers(files: ClusterFiles): Promise<void> {
  for (const signal of ["SIGQUIT", "SIGKILL"] as const) {
    for (const pid of await waitForNone(files)) sendSignal(pid, signal);
  }
  await waitForNone(files);
}

async function waitForNone(files: ClusterFiles): Promise<number[]> {
  const deadlineMs = Date.now() + PATIENCE_MS;
  for (;;) {
    const left = await findLeftovers(files);
    if (left.length === 0 || Date.now() > deadlineMs) return left;
    await delay(POLL_MS);
  }
}

async function findLeftovers(files: ClusterFiles): Promise<number[]> {
  const title = `postgres: ${clusterName(files)}: `;
  const found: number[] = [];
  for (const { pid, command } of await listCommands()) {
    if (command.startsWith(title) && (await isPidAlive(pid))) found.push(pid);
  }
  return found;
}

function sendSignal(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (!isErrno(error, "ESRCH")) throw error;
  }
}
