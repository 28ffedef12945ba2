import { rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { ObserverError } from "../errors/index.ts";
import type { ClusterFiles } from "./cluster-files.ts";
import { readTextIfPresent } from "./durable-file.ts";
import { dataMajorVersion, initialise, sweepUnfinished } from "./initialise.ts";
import { readLastRun, writeLastRun } from "./last-run.ts";
import { configurationPath, launch } from "./launch.ts";
import { endLeftovers } from "./leftovers.ts";
import { chooseServerAccount, giveTree } from "./server-account.ts";
import { findServerBinaries } from "./server-binaries.ts";
import { readLogTail, rotateLog } from "./server-log.ts";
import { renderConfiguration, type ServerProfile } from "./server-settings.ts";
import { readServerState, type ServerState } from "./server-state.ts";
import { shutDown } from "./shutdown.ts";

const POLL_MS = 15;
/** Recovery replays at most the write-ahead log since the last checkpoint; on a slow disk that takes minutes. */
const WAIT_SECONDS = 300;
const START_ATTEMPTS = 3;

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
  const configuration = renderConfiguration(options.profile, options.settings);
  await rotateLog(files.log);
  for (let attempt = 1; attempt <= START_ATTEMPTS; attempt++) {
    const server = await attachOrStart(files, configuration, options);
    if (server !== "overtaken") return server;
  }
  throw new ObserverError(
    "OBS_CLUSTER_START",
    `${START_ATTEMPTS} times in a row the data in ${files.data} was in use by a server that then could not be found.`,
    `Find and end the postgres process of that directory, then run the command again; see ${files.log}.`,
  );
}

async function attachOrStart(
  files: ClusterFiles,
  configuration: string,
  options: BringUpOptions,
): Promise<RunningServer | "overtaken"> {
  const state = await settle(files);
  if (state.kind === "running") {
    if ((await readTextIfPresent(configurationPath(files))) !== configuration) {
      options.log(
        "The running PostgreSQL keeps its settings; other ones take effect when it is started anew.",
      );
    }
    return describeRunning(files, state);
  }
  await sweepUnfinished(files);
  if (state.kind === "crashed") await clearCrash(files, state, options.log);

  const account = await chooseServerAccount(files.data, options.serverUser);
  const { initdb, postgres, version } = await findServerBinaries(account, options.cacheRoot);
  const dataMajor = await dataMajorVersion(files);
  if (dataMajor === null) {
    options.log("Initialising the embedded PostgreSQL (once).");
    await initialise(files, initdb, account);
  } else {
    refuseOtherMajor(files, dataMajor, version);
    await giveTree(files.data, account);
  }
  const lastPort = (await readLastRun(files))?.port;
  const outcome = await launch({
    files,
    postgres,
    account,
    configuration,
    lastPort,
    waitSeconds: WAIT_SECONDS,
  });
  if (outcome.kind === "overtaken") return "overtaken";
  await writeLastRun(files, { port: outcome.port, version, serverPid: outcome.pid });
  options.log(`PostgreSQL ${version} is ready on 127.0.0.1:${outcome.port}.`);
  return { port: outcome.port, version, startedHere: true };
}

type Settled = Exclude<ServerState, { kind: "running" }> | { kind: "running"; pid: number; port: number };

/** Waits until the server is neither on its way up nor on its way down. */
async function settle(files: ClusterFiles): Promise<Settled> {
  const deadlineMs = Date.now() + WAIT_SECONDS * 1000;
  for (;;) {
    const state = await readServerState(files);
    if (state.kind !== "running") return state;
    if (state.phase === "ready" && state.port !== null)
      return { kind: "running", pid: state.pid, port: state.port };
    const leftSeconds = (deadlineMs - Date.now()) / 1000;
    if (leftSeconds < 0) throw unsettled(files, state, await readLogTail(files.log, 0));
    // A server told to stop politely waits for its clients without end, and takes no new ones.
    if (state.phase === "stopping") await shutDown(state.pid, "fast", leftSeconds);
    else await delay(POLL_MS);
  }
}

async function describeRunning(
  files: ClusterFiles,
  running: { pid: number; port: number },
): Promise<RunningServer> {
  const lastRun = await readLastRun(files);
  const version = lastRun?.serverPid === running.pid ? lastRun.version : await dataMajorVersion(files);
  return { port: running.port, version: version ?? "", startedHere: false };
}

async function clearCrash(
  files: ClusterFiles,
  crashed: { pid: number | null },
  log: (line: string) => void,
): Promise<void> {
  log(
    `The embedded PostgreSQL (process ${crashed.pid ?? "unknown"}) ended without a shutdown; it recovers now.`,
  );
  await endLeftovers(files);
  // PostgreSQL would believe the file when it is damaged, when the pid is another process's by now, and when nobody
  // collected the dead server (a container whose first process does not). Its lock on shared memory stays.
  await rm(join(files.data, "postmaster.pid"), { force: true });
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

function unsettled(files: ClusterFiles, state: { pid: number; phase: string }, log: string): ObserverError {
  return new ObserverError(
    "OBS_CLUSTER_START",
    `The embedded PostgreSQL (process ${state.pid}) has been ${state.phase} for more than ${WAIT_SECONDS} s.\n${log}`,
    `Read ${files.log}; "observer db stop" ends the server, and the next start recovers.`,
  );
}
