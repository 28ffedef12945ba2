import type { CheckContext, MendStep } from "../check.ts";
import { scopeValues } from "../defects.ts";
import { changedRows } from "./changed-rows.ts";

export async function settleGapRows({ store, scope }: CheckContext): Promise<MendStep[]> {
  return [
    {
      kind: "do",
      what: "compute wrong lengths from start and end, and close gaps that an ended session left open",
      apply: () => changedRows(store, "repair_gap_rows", scopeValues(scope)),
    },
  ];
}
