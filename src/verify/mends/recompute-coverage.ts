import type { CheckContext, MendStep } from "../check.ts";
import { scopeValues } from "../defects.ts";
import { changedRows } from "./changed-rows.ts";

/** From the stored tick counts, which the check of bars against ticks judges by itself. */
export async function recomputeCoverage({ store, scope }: CheckContext): Promise<MendStep[]> {
  return [
    {
      kind: "do",
      what: "compute coverage and flag of the wrong minutes from their tick counts",
      apply: () => changedRows(store, "repair_coverage", scopeValues(scope)),
    },
  ];
}
