import type { SampleGap } from "./gap-plan.ts";
import { LineFile, type LineFileSummary } from "./line-file.ts";
import { gapLine } from "./sample-lines.ts";

/** The ledger of a date's gaps, one file a date. */
export async function writeGapFiles(root: string, gaps: readonly SampleGap[]): Promise<LineFileSummary[]> {
  const written: LineFileSummary[] = [];
  for (const date of new Set(gaps.map((gap) => gap.date))) {
    const file = await LineFile.create(root, { path: `system/gap_${date.replaceAll("-", "")}.jsonl` });
    for (const gap of gaps) if (gap.date === date) file.add(gapLine(gap));
    written.push(await file.finish());
  }
  return written;
}
