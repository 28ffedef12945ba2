import { chmod, mkdir, realpath } from "node:fs/promises";
import { join, resolve } from "node:path";
import { ObserverError } from "../errors/index.ts";
import { isErrno } from "./durable-file.ts";

/** Everything the embedded database keeps lies under `<dataRoot>/postgres`. */
export interface ClusterFiles {
  readonly root: string;
  readonly data: string;
  readonly credentials: string;
  readonly log: string;
  readonly lock: string;
  readonly leases: string;
  readonly pin: string;
  readonly lastRun: string;
}

export function clusterFiles(dataRoot: string): ClusterFiles {
  const root = join(resolve(dataRoot), "postgres");
  return {
    root,
    data: join(root, "data"),
    credentials: join(root, "credentials.json"),
    log: join(root, "server.log"),
    lock: join(root, "lock"),
    leases: join(root, "leases"),
    pin: join(root, "pinned"),
    lastRun: join(root, "last-run.json"),
  };
}

/**
 * Makes the directories, and resolves symbolic links so that a process title and a path compare equal.
 * The root is passable (0711) and stays ours: the server's account reaches its data and can replace nothing else.
 */
export async function prepareFiles(dataRoot: string): Promise<ClusterFiles> {
  const named = clusterFiles(dataRoot);
  try {
    await mkdir(named.root, { recursive: true });
    await chmod(named.root, 0o711);
    const files = clusterFiles(await realpath(dataRoot));
    await mkdir(files.leases, { recursive: true, mode: 0o700 });
    return files;
  } catch (error) {
    if (!isErrno(error, "EACCES", "EPERM", "EROFS", "ENOTDIR", "EEXIST")) throw error;
    throw new ObserverError(
      "OBS_CLUSTER_UNREACHABLE",
      `${named.root} cannot be made or written: ${error instanceof Error ? error.message : String(error)}`,
      "Run as the account that made the data root, or choose another data root.",
      error,
    );
  }
}
