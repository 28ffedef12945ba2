import type { Check } from "../check.ts";
import { sampleRows, scopeValues } from "../defects.ts";

export const coverageDistribution: Check = {
  name: "coverage-distribution",
  area: "bars",
  question: "How many minutes have which coverage grade?",
  tables: ["scalp_1m_bars"],
  run: async ({ store, scope }) => ({
    kind: "noted",
    rows: await sampleRows(store.reader, "verify_coverage_distribution", scopeValues(scope)),
  }),
};
