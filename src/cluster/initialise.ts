import { chown, mkdir, readdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { ObserverError } from "../errors/index.ts";
import { type ClusterFiles, removeUnfinishedData } from "./cluster-files.ts";
import { type Credentials, createCredentials, readCredentials, SUPERUSER } from "./credentials.ts";
import { isErrno, readTextIfPresent, syncDirectory } from "./durable-file.ts";
import { explainUnreachable } from "./reach.ts";
import { runServerProgram } from "./run-server-program.ts";
import type { ServerAccount } from "./server-account.ts";
import type { ServerBinaries } from "./server-binaries.ts";

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
export async function initialise(
  files: ClusterFiles,
  binaries: ServerBinaries,
  account: ServerAccount,
): Promise<Credentials> {
  await removeUnfinishedData(files);
  const credentials =
    (await readCredentials(files.credentials)) ?? (await createCredentials(files.credentials));
  await mkdir(files.unfinishedData, { mode: 0o700 });
  try {
    await runInitdb(files, binaries, account, credentials);
    await rename(files.unfinishedData, files.data);
    await syncDirectory(files.root);
  } finally {
    await removeUnfinishedData(files);
  }
  return credentials;
}

async function runInitdb(
  files: ClusterFiles,
  binaries: ServerBinaries,
  account: ServerAccount,
  credentials: Credentials,
): Promise<void> {
  // initdb wants an empty directory, so the password waits beside it, inside our own directory.
  const passwordFile = `${files.unfinishedData}.password`;
  await rm(passwordFile, { force: true });
  await writeFile(passwordFile, `${credentials.superuser}\n`, { mode: 0o600 });
  try {
    if (account.ids !== null) {
      await chown(passwordFile, account.ids.uid, account.ids.gid);
      await chown(files.unfinishedData, account.ids.uid, account.ids.gid);
    }
    const { exitCode, output } = await runServerProgram(
      binaries.initdb,
      [
        `--pgdata=${files.unfinishedData}`,
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
      (await explainUnreachable(files.data, account, cause)) ??
      new ObserverError(
        "OBS_CLUSTER_INIT",
        `initdb ended with ${exitCode} under the account "${account.name}": ${lastLines(output)}`,
        "Mend what it names (often a full disk) and run the command again; nothing half-made is kept.",
        cause,
      )
    );
  } finally {
    await rm(passwordFile, { force: true });
  }
}

function lastLines(output: string): string {
  return output.trim().split("\n").slice(-6).join(" | ");
}
