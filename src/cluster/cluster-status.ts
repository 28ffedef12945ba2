import { realpath } from "node:fs/promises";
import { clusterFiles } from "./cluster-files.ts";
import { isErrno } from "./durable-file.ts";
import { isPinned, type Lease, liveLeases } from "./leases.ts";
import type { ServerPhase } from "./postmaster-file.ts";
import { readServerState } from "./server-state.ts";

/** crashed: the server ended without a shutdown; the next start recovers. Times are microseconds since 1970 UTC. */
export type ClusterStatus =
  | { readonly kind: "not-initialised" }
  | { readonly kind: "stopped"; readonly pinned: boolean }
  | { readonly kind: "crashed"; readonly stalePid: number | null; readonly pinned: boolean }
  | {
      readonly kind: "running";
      readonly pid: number;
      readonly phase: ServerPhase;
      readonly port: number | null;
      readonly startTimeUs: number;
      readonly leases: readonly Lease[];
      readonly pinned: boolean;
    };

/** What the data root's server is doing. Changes nothing and waits for nobody. */
export async function clusterStatus(dataRoot: string): Promise<ClusterStatus> {
  const root = await realpath(dataRoot).catch((error: unknown) => {
    if (isErrno(error, "ENOENT")) return null;
    throw error;
  });
  if (root === null) return { kind: "not-initialised" };
  const files = clusterFiles(root);
  const state = await readServerState(files);
  switch (state.kind) {
    case "not-initialised":
      return state;
    case "stopped":
      return { kind: "stopped", pinned: await isPinned(files) };
    case "crashed":
      return { kind: "crashed", stalePid: state.pid, pinned: await isPinned(files) };
    case "running":
      return { ...state, leases: await liveLeases(files), pinned: await isPinned(files) };
    default:
      return state satisfies never;
  }
}
