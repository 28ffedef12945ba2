import { readdir, stat } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { ObserverError } from "../errors/index.ts";
import type { Dataset } from "../store/index.ts";

/** A file that back-fill knows how to load. */
export interface FoundFile {
  /** Absolute. */
  path: string;
  dataset: Dataset;
  /** On disk, compressed or not. */
  bytes: number;
}

const FOLDERS: readonly { folder: string; dataset: Dataset; name: RegExp }[] = [
  { folder: "scalp", dataset: "scalp", name: /\.jsonl(\.gz)?$/ },
  { folder: "swing", dataset: "swing", name: /\.jsonl(\.gz)?$/ },
  { folder: "system", dataset: "gap", name: /^gap_.*\.jsonl(\.gz)?$/ },
];

/**
 * The files under a data root, by path: `scalp/` ticks, `swing/` 10-minute bars, `system/` gap ledgers.
 * Throws OBS_NO_DATA_FOUND when there is no such root or nothing in it to load.
 */
export async function scanRoot(root: string): Promise<FoundFile[]> {
  const lacking = await lackingRoot(root);
  if (lacking !== undefined) throw noData(`${resolve(root)} ${lacking}.`);
  const found: FoundFile[] = [];
  for (const { folder, dataset, name } of FOLDERS) {
    for (const path of await filesBelow(join(resolve(root), folder))) {
      if (name.test(basename(path))) found.push({ path, dataset, bytes: await sizeOf(path) });
    }
  }
  if (found.length === 0) throw noData(`${resolve(root)} holds nothing to load.`);
  return found.sort((a, b) => (a.path < b.path ? -1 : 1));
}

async function lackingRoot(root: string): Promise<"does not exist" | "is no folder" | undefined> {
  const status = await stat(root).catch(absent);
  if (status === undefined) return "does not exist";
  return status.isDirectory() ? undefined : "is no folder";
}

/** A link that leads nowhere counts as empty: loading it then says that it cannot be read. */
async function sizeOf(path: string): Promise<number> {
  return (await stat(path).catch(absent))?.size ?? 0;
}

function noData(message: string): ObserverError {
  return new ObserverError(
    "OBS_NO_DATA_FOUND",
    message,
    "a data root has ticks in scalp/**/*.jsonl[.gz], 10-minute bars in swing/**/*.jsonl[.gz] and gaps in system/**/gap_*.jsonl[.gz].",
  );
}

/** Links to files count: people keep their archive on another disk. */
async function filesBelow(folder: string): Promise<string[]> {
  const entries = (await readdir(folder, { withFileTypes: true, recursive: true }).catch(absent)) ?? [];
  return entries
    .filter((entry) => entry.isFile() || entry.isSymbolicLink())
    .map((entry) => join(entry.parentPath, entry.name));
}

function absent(error: unknown): undefined {
  if (error instanceof Error && "code" in error) {
    if (error.code === "ENOENT") return undefined;
    if (error.code === "EACCES" || error.code === "EPERM") {
      throw new ObserverError(
        "OBS_FILE_UNREADABLE",
        error.message,
        "let this account read the folder, or choose another.",
        error,
      );
    }
  }
  throw error;
}
