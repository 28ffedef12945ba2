import { setTimeout as delay } from "node:timers/promises";
import { isErrno } from "./durable-file.ts";
import { isPidAlive } from "./process-identity.ts";

const POLL_MS = 15;

/** fast: disconnects everyone and writes a checkpoint. immediate: as after a crash; the next start recovers. */
export type StopMode = "fast" | "immediate";

/** Asks the postmaster to stop and waits until it is gone; false when it is not gone after `waitSeconds`. */
export async function shutDown(pid: number, mode: StopMode, waitSeconds: number): Promise<boolean> {
  try {
    process.kill(pid, mode === "fast" ? "SIGINT" : "SIGQUIT");
  } catch (error) {
    if (!isErrno(error, "ESRCH")) throw error;
  }
  return waitForEnd(pid, waitSeconds);
}

/** Waits until the process is gone; false when it is not gone after `waitSeconds`. */
export async function waitForEnd(pid: number, waitSeconds: number): Promise<boolean> {
  const deadlineMs = Date.now() + waitSeconds * 1000;
  while (await isPidAlive(pid)) {
    if (Date.now() > deadlineMs) return false;
    await delay(POLL_MS);
  }
  return true;
}
