import { registerFile } from "../store/index.ts";
import { lanesOf } from "./lanes.ts";
import {
  type BackfillReport,
  type ListedFile,
  type LoadOptions,
  loadFiles,
  whileLoadingAlone,
} from "./load-files.ts";
import { scanRoot } from "./scan-root.ts";

export interface BackfillOptions extends LoadOptions {
  root: string;
}

/**
 * Loads every file under a data root that is not loaded yet, or not to its end.
 * Throws OBS_NO_DATA_FOUND, OBS_BACKFILL_BUSY; what happens to single files is in the report.
 */
export async function backfill(options: BackfillOptions): Promise<BackfillReport> {
  const found = await scanRoot(options.root);
  return await whileLoadingAlone(options.store, async () => {
    const listed: ListedFile[] = [];
    for (const { path, dataset, bytes } of found) {
      listed.push({ file: await registerFile(options.store.writer, path, dataset, bytes), bytes });
    }
    return await loadFiles(options, listed, lanesOf);
  });
}
