import { access } from "node:fs/promises";
import { LOCK_WAIT_SECONDS } from "./cluster.ts";
import { clusterFiles, prepareFiles } from "./cluster-files.ts";
import { withLock } from "./generation-lock.ts";
import { liveLeases, sweepLeases, unpin } from "./leases.ts";
import { readServerState } from "./server-state.ts";
import { type StopMode, shutDown } from "./shutdown.ts";

/**
 * stopped      gone; `cutOff` live processes held a lease and have lost their connections
 * timed-out    told to stop, and still at its checkpoint when the wait was over
 */
export type StopOutcome =
  | { readonly kind: "not-initialised" }
  | { readonly kind: "not-running" }
  | { readonly kind: "stopped"; readonly pid: number; readonly cutOff: number }
  | { readonly kind: "timed-out"; readonly pid: number; readonly waitedSeconds: number };

/** Unpins the data root's server and stops it, whoever still uses it. */
export async function stopCluster(
  dataRoot: string,
  options: { readonly mode?: StopMode; readonly waitSeconds?: number } = {},
): Promise<StopOutcome> {
  const { mode = "fast", waitSeconds = 60 } = options;
  const exists = await access(clusterFiles(dataRoot).root).then(
    () => true,
    () => false,
  );
  if (!exists) return { kind: "not-initialised" };
  const files = await prepareFiles(dataRoot);
  return withLock(files.lock, LOCK_WAIT_SECONDS, async () => {
    await unpin(files);
    await sweepLeases(files);
    const state = await readServerState(files);
    if (state.kind === "not-initialised") return { kind: "not-initialised" };
    if (state.kind !== "running") return { kind: "not-running" };
    const cutOff = (await liveLeases(files)).length;
    if (await shutDown(state.pid, mode, waitSeconds)) return { kind: "stopped", pid: state.pid, cutOff };
    return { kind: "timed-out", pid: state.pid, waitedSeconds: waitSeconds };
  });
}
