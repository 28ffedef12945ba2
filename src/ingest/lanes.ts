import { basename } from "node:path";
import type { Dataset, LedgerFile } from "../store/index.ts";

/**
 * Files that must be judged one after the other because the gate's memory reaches from one into the next: the
 * ticks of a day, the bars of a month. Lanes are independent of each other and run side by side.
 */
export interface Lane {
  dataset: Dataset;
  /** In the order of their paths, which is the order of their times. */
  files: LedgerFile[];
}

/** Sorts files into lanes; a name without a date is a lane of its own. */
export function lanesOf(files: readonly LedgerFile[]): Lane[] {
  const lanes = new Map<string, Lane>();
  const inOrder = [...files].sort((a, b) => (a.path < b.path ? -1 : 1));
  for (const file of inOrder) {
    const key = `${file.dataset} ${laneName(file)}`;
    const lane = lanes.get(key);
    if (lane === undefined) lanes.set(key, { dataset: file.dataset, files: [file] });
    else lane.files.push(file);
  }
  return [...lanes.values()];
}

function laneName(file: LedgerFile): string {
  if (file.dataset === "gap") return "ledger";
  const date = /(?<!\d)\d{8}(?!\d)/.exec(basename(file.path))?.[0];
  if (date === undefined) return file.path;
  return file.dataset === "scalp" ? date : date.slice(0, 6);
}
