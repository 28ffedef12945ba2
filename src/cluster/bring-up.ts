import { rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { ObserverError } from "../errors/index.ts";
import type { ClusterFiles } from "./cluster-files.ts";
import { dataMajorVersion, initialise } from "./initialise.ts";
import { readLastRun, writeLastRun } from "./last-run.ts";
import { launch } from "./launch.ts";
import { endLeftovers } from "./leftovers.ts";
import { chooseServerAccount, giveTree } from "./server-account.ts";
import { findServerBinaries } from "./server-binaries.ts";
import { readLogTail, rotateLog } from "./server-log.ts";
import type { ServerProfile } from "./server-settings.ts";
import { readServerState, type ServerState } from "./server-state.ts";

const POLL_MS = 15;
/** Recovery replays at most the write-ahead log since the last checkpoint; on a slow disk that takes minutes. */
const READY_WAIT_SECONDS = 300;

export interface BringUpOptions {
  readonly profile: ServerProfile;
  readonly settings: Readonly<Record<string, string>>;
  readonly serverUser: string | undefined;
  readonly cacheRoot: string | undefined;
  readonly log: (line: string) => void;
}

export interface RunningServer {
  readonly port: number;
  readonly version: string;
  readonly startedHere: boolean;
}

/** The running server, started (and, the first time, initialised) if need be. Call it under the lock only. */
export async function bringUp(files: ClusterFiles, options: BringUpOptions): Promise<RunningServer> {
  await rotateLog(files.log);
  const state = await settle(files);
  if (state.kind === "running" && state.port !== null) {
    const lastRun = await readLastRun(files);
    const version = lastRun?.serverPid === state.pid ? lastRun.version : await dataMajorVersion(files);
    return { port: state.port, version: version ?? "", startedHere: false };
  }
  if (state.kind === "crashed") await clearCrash(files, state, options);

  const account = await chooseServerAccount(files.data, options.serverUser);
  const binaries = await findServerBinaries(account, options.cacheRoot);
  const major = await dataMajorVersion(files);
  if (major === null) {
    options.log("Initialising the embedded PostgreSQL (once).");
    await initialise(files, binaries, account);
  } else {
    refuseOtherMajor(files, major, binaries.version);
    await giveTree(files.data, account);
  }
  const { pid, port } = await launch({
    files,
    account,
    postgres: binaries.postgres,
    profile: options.profile,
    settings: options.settings,
    wishedPort: (await readLastRun(files))?.port ?? 0,
    waitSeconds: READY_WAIT_SECONDS,
  });
  await writeLastRun(files, { port, version: binaries.version, serverPid: pid });
  options.log(`PostgreSQL ${binaries.version} is ready on 127.0.0.1:${port}.`);
  return { port, version: binaries.version, startedHere: true };
}

/** Waits until the server is neither on its way up nor on its way down. */
async function settle(files: ClusterFiles): Promise<ServerState> {
  const deadlineMs = Date.now() + READY_WAIT_SECONDS * 1000;
  for (;;) {
    const state = await readServerState(files);
    if (state.kind !== "running" || (state.phase === "ready" && state.port !== null)) return state;
    if (Date.now() > deadlineMs) {
      throw new ObserverError(
        "OBS_CLUSTER_START",
        `The embedded PostgreSQL (process ${state.pid}) has been ${state.phase} for more than ${READY_WAIT_SECONDS} s.\n${await readLogTail(files.log, 0)}`,
        `Read ${files.log}; "observer db stop --immediate" ends it, and the next start recovers.`,
      );
    }
    await delay(POLL_MS);
  }
}

async function clearCrash(
  files: ClusterFiles,
  state: Extract<ServerState, { kind: "crashed" }>,
  options: BringUpOptions,
): Promise<void> {
  options.log(`The embedded PostgreSQL (process ${state.pid}) ended without a shutdown; it recovers now.`);
  await endLeftovers(files);
  // PostgreSQL itself sees through a dead pid; it believes any living one.
  if (state.pidTakenByAnother) await rm(join(files.data, "postmaster.pid"), { force: true });
}

function refuseOtherMajor(files: ClusterFiles, dataMajor: string, version: string): void {
  const major = version.split(".")[0] ?? version;
  if (dataMajor === major) return;
  throw new ObserverError(
    "OBS_CLUSTER_VERSION",
    `${files.data} was made by PostgreSQL ${dataMajor}; the installed embedded server is ${version}.`,
    `Run the Observer release that brought PostgreSQL ${dataMajor}, make a backup with it ("observer backup"), and restore that into a new data root.`,
  );
}
