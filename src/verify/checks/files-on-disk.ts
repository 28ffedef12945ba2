import { stat } from "node:fs/promises";
import { type Check, SAMPLES, type SampleRow } from "../check.ts";
import { resultOf, sampleRows } from "../defects.ts";

export const filesOnDisk: Check = {
  name: "files-on-disk",
  area: "ledger",
  question: "Is every loaded file still on disk, as long as it was when it was loaded?",
  tables: ["ingest_files"],
  run: async ({ store, scope }) => {
    if (scope.files !== true)
      return { kind: "skipped", reason: "files are looked at only when asked: --files" };
    const found: SampleRow[] = [];
    for (const { file_id, path, bytes } of await sampleRows(store.reader, "verify_files", [])) {
      const defect = await defectOf(String(path), Number(bytes));
      if (defect !== null) found.push({ file_id: file_id ?? null, path: path ?? null, defect });
    }
    return resultOf(
      { count: found.length, samples: found.slice(0, SAMPLES) },
      {
        likelyCause: "the collector still writes to the file, or someone moved, deleted or edited it.",
        mend: "observer backfill <folder> loads what a file grew by; one that is gone can only be restored from a backup.",
      },
    );
  },
};

/** The ledger counts bytes of content, which of a compressed file only reading it tells. */
async function defectOf(path: string, bytes: number): Promise<string | null> {
  try {
    const { size } = await stat(path);
    if (path.endsWith(".gz") || size === bytes) return null;
    return size > bytes ? `grew from ${bytes} to ${size} bytes` : `shrank from ${bytes} to ${size} bytes`;
  } catch (error) {
    return `cannot be read: ${error instanceof Error ? error.message : String(error)}`;
  }
}
