import type { CsvColumnMap } from "../../codec/index.ts";
import { claimImport, registerFile } from "../../store/index.ts";
import {
  type BackfillReport,
  type ListedFile,
  type LoadOptions,
  loadFiles,
  whileLoadingAlone,
} from "../load-files.ts";
import { barTarget } from "./bar-target.ts";
import { findCsvFiles } from "./find-csv-files.ts";

export interface CsvImportOptions extends LoadOptions {
  /** A file, or a folder of them. */
  path: string;
  map: CsvColumnMap;
}

/**
 * Loads CSV files of bars that are not loaded yet, or not to their end: one after the other in the order of their
 * paths, for any two may hold the same bar, and of two versions the later loaded one holds.
 * Throws OBS_NO_DATA_FOUND, OBS_BACKFILL_BUSY; what happens to single files is in the report.
 */
export async function importCsvBars(options: CsvImportOptions): Promise<BackfillReport> {
  const { store, map } = options;
  const found = await findCsvFiles(options.path);
  const { dataset } = barTarget(map);
  return await whileLoadingAlone(store, async () => {
    const listed: ListedFile[] = [];
    for (const { path, bytes } of found) {
      const file = await registerFile(store.writer, path, dataset, bytes);
      const isClaimed = await claimImport(store.writer, file.fileId, dataset, map);
      listed.push(
        isClaimed ? { file: { ...file, dataset }, bytes } : { file, bytes, settled: readOtherwise },
      );
    }
    return await loadFiles(options, listed, (files) => [{ dataset, files: [...files] }], map);
  });
}

const readOtherwise = {
  kind: "changed",
  detail: "it was imported before with another column map; its rows stay as that map read them",
} as const;
