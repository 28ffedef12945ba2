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
import { renderConfiguration, type ServerProfile } from "./server-settings.ts";
import { clusterName } from "./server-state.ts";

const PORT_ATTEMPTS = 10;
const POLL_MS = 15;

export interface LaunchOrder {
  readonly files: ClusterFiles;
  readonly postgres: string;
  readonly account: ServerAccount;
  readonly profile: ServerProfile;
  readonly settings: Readonly<Record<string, string>>;
  readonly wishedPort: number;
  readonly waitSeconds: number;
}

export interface Launched {
  readonly pid: number;
  readonly port: number;
}

/**
 * Starts the postmaster and returns when it accepts connections. Call it under the lock, with no server running.
 *
 * @throws ObserverError OBS_CLUSTER_START with the log's last lines when it ends or is not ready in time.
 */
export async function launch(order: LaunchOrder): Promise<Launched> {
  let wished = order.wishedPort;
  for (let attempt = 1; ; attempt++) {
    const port = await findFreePort(wished);
    const outcome = await launchOnPort(order, port);
    switch (outcome.kind) {
      case "ready":
        return { pid: outcome.pid, port };
      case "port-taken":
        if (attempt === PORT_ATTEMPTS)
          throw startFailed(order, `${PORT_ATTEMPTS} ports in a row were taken`, outcome.log);
        wished = 0;
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
  | { kind: "ready"; pid: number }
  | { kind: "port-taken"; log: string }
  | { kind: "failed"; reason: string; log: string };

async function launchOnPort(order: LaunchOrder, port: number): Promise<PortOutcome> {
  await writeConfiguration(order, port);
  const logFrom = await logLength(order.files.log);
  const child = await spawnPostmaster(order);
  const end = endOf(child);
  const deadlineMs = Date.now() + order.waitSeconds * 1000;
  for (;;) {
    const ended = end();
    if (ended !== null) {
      const log = await readLogTail(order.files.log, logFrom);
      if (/could not bind IPv4 address/.test(log)) return { kind: "port-taken", log };
      return { kind: "failed", reason: ended, log };
    }
    const file = await readPostmasterFile(order.files.data);
    if (file !== null && file.pid === child.pid && file.phase === "ready")
      return { kind: "ready", pid: file.pid };
    if (Date.now() > deadlineMs) {
      const log = await readLogTail(order.files.log, logFrom);
      return { kind: "failed", reason: `not ready after ${order.waitSeconds} s, and still trying`, log };
    }
    await delay(POLL_MS);
  }
}

async function writeConfiguration(order: LaunchOrder, port: number): Promise<void> {
  const path = join(order.files.data, "postgresql.conf");
  const text = renderConfiguration(order.profile, order.settings, {
    port,
    clusterName: clusterName(order.files),
  });
  // The directory belongs to the server's account: removing first means never writing through a link put there.
  await rm(path, { force: true });
  await writeFile(path, text, { mode: 0o600, flag: "wx" });
  if (order.account.ids !== null) await chown(path, order.account.ids.uid, order.account.ids.gid);
}

async function spawnPostmaster(order: LaunchOrder): Promise<ChildProcess> {
  const log = await open(order.files.log, "a", 0o600);
  try {
    return detachServerProgram(order.postgres, ["-D", order.files.data], order.account, log.fd);
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
