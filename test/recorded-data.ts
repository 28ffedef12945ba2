import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";

const root =
  process.env.OBSERVER_RECORDED_DATA ?? fileURLToPath(new URL("../../shared/data", import.meta.url));

/** Why a test on recorded data is skipped; part of its name. Empty when the data set is there. */
export function whyNoRecordedData(dataSet: string): string {
  if (existsSync(join(root, dataSet))) return "";
  return ` (skipped: no recorded data set ${dataSet}; OBSERVER_RECORDED_DATA names their folder)`;
}

/** Where a recorded data set lies, or one of its files. */
export function recordedPath(dataSet: string, file = ""): string {
  return join(root, dataSet, file);
}

/** The rows of a recorded CSV file, plain or gzip, by column name. For files without quoted fields. */
export function recordedCsv(dataSet: string, file: string): Record<string, string>[] {
  const bytes = readFileSync(join(root, dataSet, file));
  const text = (file.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8");
  const [header = "", ...lines] = text.trimEnd().split(/\r?\n/);
  const columns = header.split(",");
  return lines.map((line) => {
    const fields = line.split(",");
    return Object.fromEntries(columns.map((column, i) => [column, fields[i] ?? ""]));
  });
}
