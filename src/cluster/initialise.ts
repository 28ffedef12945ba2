import { randomUUID } from "node:crypto";
import { chown, mkdir, readdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { ObserverError } from "../errors/index.ts";
import type { ClusterFiles } from "./cluster-files.ts";
import { createCredentials, readCredentials, SUPERUSER } from "./credentials.ts";
import { isErrno, readTextIfPresent, syncDirectory } from "./durable-file.ts";
import { explainUnreachable } from "./reach.ts";
import { runServerProgram } from "./run-server-program.ts";
import type { ServerAccount } from "./server-account.ts";

const UNFINISHED = "data.unfinished-";

/** The major version a data directory was made by, or null when there is none (or an empty one). */
export async function dataMajorVersion(files: ClusterFiles): Promise<string | null> {
  const text = await readTextIfPresent(join(files.data, "PG_VERSION"));
  if (text !== null) return text.trim();
  const entries = await readdir(files.data).catch((error: unknown) => {
    if (isErrno(error, "ENOENT")) return [];
    throw error;
  });
  if (entries.length === 0) return null;
  throw new ObserverError(
    "OBS_CLUSTER_INIT",
    `${files.data} is not empty and not a PostgreSQL data directory: it has no PG_VERSION.`,
    "Move it away, or restore the data root from a backup.",
  );
}

/**
 * Makes the data directory under another name and renames it when it is whole, so a directory called `data` is never
 * half-made. Call it under the lock only.
 */
export async function initialise(files: ClusterFiles, initdb: string, account: ServerAccount): Promise<void> {
  const credentials =
    (await readCredentials(files.credentials)) ?? (await createCredentials(files.credentials));
  // A name of its own: initdb may outlive a killed parent, and must not write into the next attempt's directory.
  const unfinished = join(files.root, `${UNFINISHED}${randomUUID()}`);
  const passwordFile = `${unfinished}.password`;
  try {
    await mkdir(unfinished, { mode: 0o700 });
    await writeFile(passwordFile, `${credentials.superuser}\n`, { mode: 0o600, flag: "wx" });
    if (account.ids !== null) {
      await chown(unfinished, account.ids.uid, account.ids.gid);
      await chown(passwordFile, account.ids.uid, account.ids.gid);
    }
    await runInitdb(initdb, account, unfinished, passwordFile);
    await rename(unfinished, files.data);
    await syncDirectory(files.root);
  } finally {
    await rm(passwordFile, { force: true });
    await rm(unfinished, { recursive: true, force: true });
  }
}

async function runInitdb(
  initdb: string,
  account: ServerAccount,
  directory: string,
  passwordFile: string,
): Promise<void> {
  const { exitCode, output } = await runServerProgram(
    initdb,
    [
      `--pgdata=${directory}`,
      `--username=${SUPERUSER}`,
      `--pwfile=${passwordFile}`,
      "--auth=scram-sha-256",
      "--encoding=UTF8",
      "--locale=C",
      "--locale-provider=builtin",
      "--builtin-locale=C.UTF-8",
      "--data-checksums",
      "--set=timezone=UTC",
    ],
    account,
  );
  if (exitCode === 0) return;
  const cause = new Error(output.trim());
  throw (
    (await explainUnreachable(directory, account, cause)) ??
    new ObserverError(
      "OBS_CLUSTER_INIT",
      `initdb ended with ${exitCode} under the account "${account.name}": ${lastLines(output)}`,
      "Mend what it names (often a full disk) and run the command again; nothing half-made is kept.",
      cause,
    )
  );
}

/** Removes what killed initialisations left. Call it under the lock only. An initdb that still writes there may hinder it; the next start tries again. */
export async function sweepUnfinished(files: ClusterFiles): Promise<void> {
  for (const name of await readdir(files.root)) {
    if (!name.startsWith(UNFINISHED)) continue;
    await rm(join(files.root, name), { recursive: true, force: true }).catch((error: unknown) => {
      if (!isErrno(error, "ENOTEMPTY")) throw error;
    });
  }
}

function lastLines(output: string): string {
  return output.trim().split("\n").slice(-6).join(" | ");
}
