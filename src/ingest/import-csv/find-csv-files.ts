import type { Stats } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { ObserverError } from "../../errors/index.ts";

export interface CsvFile {
  /** Absolute. */
  path: string;
  /** On disk, compressed or not. */
  bytes: number;
}

const CSV_NAME = /\.csv(\.gz)?$/i;

/**
 * The file named, whatever its ending, or every `.csv` and `.csv.gz` below the folder named, by path.
 * Throws OBS_NO_DATA_FOUND when there is none.
 */
export async function findCsvFiles(path: string): Promise<CsvFile[]> {
  const named = resolve(path);
  const found = await statOrNull(named);
  if (found === null) throw nothingToImport(`${named} does not exist.`);
  if (!found.isDirectory()) return [{ path: named, bytes: found.size }];
  const entries = await readdir(named, { withFileTypes: true, recursive: true });
  const paths = entries
    .filter((entry) => entry.isFile() && CSV_NAME.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  if (paths.length === 0) throw nothingToImport(`${named} holds no .csv and no .csv.gz file.`);
  const files: CsvFile[] = [];
  for (const file of paths) files.push({ path: file, bytes: (await stat(file)).size });
  return files;
}

async function statOrNull(path: string): Promise<Stats | null> {
  try {
    return await stat(path);
  } catch (error) {
    if (error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR"))
      return null;
    throw error;
  }
}

function nothingToImport(message: string): ObserverError {
  return new ObserverError(
    "OBS_NO_DATA_FOUND",
    message,
    "name a CSV file, or a folder with .csv or .csv.gz files somewhere below it.",
  );
}
