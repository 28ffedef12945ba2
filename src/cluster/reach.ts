import { stat } from "node:fs/promises";
import { dirname } from "node:path";
import { ObserverError } from "../errors/index.ts";
import type { ServerAccount } from "./server-account.ts";

/**
 * The outermost directory above `path` whose mode keeps the account out, or null. Access lists are not read: ask
 * this to explain a refusal that happened, or to choose between places, not to refuse.
 */
export async function findClosedDirectory(path: string, account: ServerAccount): Promise<string | null> {
  if (account.ids === null) return null;
  const { uid, gid } = account.ids;
  const above: string[] = [];
  for (let at = dirname(path); !above.includes(at); at = dirname(at)) above.push(at);
  for (const directory of above.reverse()) {
    const entry = await stat(directory).catch(() => null);
    if (entry === null) return directory;
    const search = entry.uid === uid ? 0o100 : entry.gid === gid ? 0o010 : 0o001;
    if ((entry.mode & search) === 0) return directory;
  }
  return null;
}

/** The error for a data directory the server's account cannot get to, or null when that is not the trouble. */
export async function explainUnreachable(
  path: string,
  account: ServerAccount,
  cause: unknown,
): Promise<ObserverError | null> {
  const closed = await findClosedDirectory(path, account);
  if (closed === null) return null;
  return new ObserverError(
    "OBS_CLUSTER_UNREACHABLE",
    `${closed} does not let the account "${account.name}" pass, and the server, which may not be root, runs under it to reach ${path}.`,
    `Run "chmod o+x ${closed}", choose a data root outside it, or set DATABASE_URL.`,
    cause,
  );
}
