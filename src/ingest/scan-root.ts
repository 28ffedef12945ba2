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
  const found: FoundFile[] = [];
  for (const { folder, dataset, name } of FOLDERS) {
    for (const path of await filesBelow(join(resolve(root), folder))) {
      if (name.test(basename(path))) found.push({ path, dataset, bytes: (await stat(path)).size });
    }
  }
  if (found.length === 0) {
    throw new ObserverError(
      "OBS_NO_DATA_FOUND",
      `${resolve(root)} holds nothing to load.`,
      "a data root has ticks in scalp/**/*.jsonl[.gz], 10-minute bars in swing/**/*.jsonl[.gz] and gaps in system/**/gap_*.jsonl[.gz].",
    );
  }
  return found.sort((a, b) => (a.path < b.path ? -1 : 1));
}

async function filesBelow(folder: string): Promise<string[]> {
  let entries: import("node:fs").Dirent[];
  try {
    entries = await readdir(folder, { withFileTypes: true, recursive: true });
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
    throw error;
  }
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}
