import type { Check } from "../check.ts";
import { asking } from "../defects.ts";

export const candidateCounts: Check = {
  name: "candidate-counts",
  area: "evidence",
  question: "Has every threshold candidate a run, and counts and rates that agree?",
  tables: ["analysis_threshold_candidates", "analysis_runs"],
  run: asking("verify_candidates", {
    likelyCause: "candidates were written by another program, or changed by hand.",
    mend: 'they are no evidence: derive them again with "observer optimize" and delete these.',
  }),
};
