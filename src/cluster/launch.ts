import type { ChildProcess } from "node:child_process";
import { chown, open, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { ObserverError } from "../errors/index.ts";
import type { ClusterFiles } from "./cluster-files.ts";
import { findFreePort } from "./free-port.ts";
import { readPostmasterFile } from "./postmaster-file.ts";
import { explainUnreachable } from "./reach.ts";
import { detachServerProgram } from "./run-server-program.ts";
import type { ServerAccount } from "./server-account.ts";
import { logLength, readLogTail } from "./server-log.ts";
import { serverArguments } from "./server-settings.ts";
import { clusterName } from "./server-state.ts";

const PORT_ATTEMPTS = 10;
const POLL_MS = 15;

export interface LaunchOrder {
  readonly files: ClusterFiles;
  readonly postgres: string;
  readonly account: ServerAccount;
  /** The text of postgresql.conf. */
  readonly configuration: string;
  /** Tried first: a server that comes back on its old port gets its clients back. */
  readonly lastPort: number | undefined;
  readonly waitSeconds: number;
}

/** overtaken: a postmaster that nobody knew of, started by a process killed since, has the data directory. */
export type Launch = { kind: "ready"; pid: number; port: number } | { kind: "overtaken" };

/**
 * Starts the postmaster and returns when it accepts connections. Call it under the lock, with no server running.
 *
 * @throws ObserverError OBS_CLUSTER_START with the log's last lines when it ends or is not ready in time.
 */
export async function launch(order: LaunchOrder): Promise<Launch> {
  await writeConfiguration(order);
  let port = order.lastPort ?? (await findFreePort());
  for (let attempt = 1; ; attempt++) {
    const outcome = await launchOnPort(order, port);
    switch (outcome.kind) {
      case "ready":
      case "overtaken":
        return outcome;
      case "port-taken":
        if (attempt === PORT_ATTEMPTS)
          throw startFailed(order, `${attempt} ports in a row were taken`, outcome.log);
        port = await findFreePort();
        break;
      case "failed":
        throw (
          (await explainUnreachable(
            join(order.files.data, "PG_VERSION"),
            order.account,
            new Error(outcome.log),
          )) ?? startFailed(order, outcome.reason, outcome.log)
        );
      default:
        return outcome satisfies never;
    }
  }
}

type PortOutcome =
  | Launch
  | { kind: "port-taken"; log: string }
  | { kind: "failed"; reason: string; log: string };

async function launchOnPort(order: LaunchOrder, port: number): Promise<PortOutcome> {
  const logFrom = await logLength(order.files.log);
  const child = await spawnPostmaster(order, port);
  const end = endOf(child);
  const deadlineMs = Date.now() + order.waitSeconds * 1000;
  for (;;) {
    const ended = end();
    if (ended !== null) return explainEnd(ended, await readLogTail(order.files.log, logFrom));
    const found = await readPostmasterFile(order.files.data);
    if (found.kind === "present" && found.file.pid === child.pid && found.file.phase === "ready") {
      return { kind: "ready", pid: found.file.pid, port };
    }
    if (Date.now() > deadlineMs) {
      const log = await readLogTail(order.files.log, logFrom);
      return { kind: "failed", reason: `not ready after ${order.waitSeconds} s, and still trying`, log };
    }
    await delay(POLL_MS);
  }
}

function explainEnd(reason: string, log: string): PortOutcome {
  if (log.includes("could not bind IPv4 address")) return { kind: "port-taken", log };
  if (log.includes('lock file "postmaster.pid" already exists')) return { kind: "overtaken" };
  return { kind: "failed", reason, log };
}

export function configurationPath(files: ClusterFiles): string {
  return join(files.data, "postgresql.conf");
}

async function writeConfiguration(order: LaunchOrder): Promise<void> {
  const path = configurationPath(order.files);
  // The directory belongs to the server's account: removing first means never writing through a link put there.
  await rm(path, { force: true });
  await writeFile(path, order.configuration, { mode: 0o600, flag: "wx" });
  if (order.account.ids !== null) await chown(path, order.account.ids.uid, order.account.ids.gid);
}

async function spawnPostmaster(order: LaunchOrder, port: number): Promise<ChildProcess> {
  const settings = serverArguments({ port, clusterName: clusterName(order.files) });
  const options = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const log = await open(order.files.log, "a", 0o600);
  try {
    return detachServerProgram(order.postgres, ["-D", order.files.data, ...options], order.account, log.fd);
  } finally {
    await log.close();
  }
}

/** Watches a child without keeping this process alive for it: null while it runs, then what became of it. */
function endOf(child: ChildProcess): () => string | null {
  let failure: string | null = null;
  child.on("error", (error) => {
    failure = error.message;
  });
  child.unref();
  return () => {
    if (failure !== null) return failure;
    if (child.exitCode !== null) return `the server ended with exit code ${child.exitCode}`;
    if (child.signalCode !== null) return `the server was ended by ${child.signalCode}`;
    return null;
  };
}

function startFailed(order: LaunchOrder, reason: string, log: string): ObserverError {
  return new ObserverError(
    "OBS_CLUSTER_START",
    `The embedded PostgreSQL in ${order.files.root} did not start: ${reason}.\n${log}`,
    `Mend what its log names (all of it is in ${order.files.log}) and run the command again.`,
  );
}
