import type { Check } from "../check.ts";
import { asking } from "../defects.ts";
import { recomputeCoverage } from "../mends/recompute-coverage.ts";

export const coverageDefinition: Check = {
  name: "coverage-definition",
  area: "bars",
  question:
    "Is the coverage of every minute between 0 and 1 and ticks present / ticks expected, and does its flag follow?",
  tables: ["scalp_1m_bars"],
  run: asking("verify_coverage", {
    likelyCause:
      "coverage was computed by an older program (count / 120 without a limit, or another sampling rate), or changed by hand.",
    mend: "observer repair --check coverage-definition",
  }),
  mend: recomputeCoverage,
};
