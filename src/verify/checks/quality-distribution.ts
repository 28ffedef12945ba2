import type { Check } from "../check.ts";
import { sampleRows, scopeValues } from "../defects.ts";

export const qualityDistribution: Check = {
  name: "quality-distribution",
  area: "integrity",
  question: "How many bars are normal, degraded or follow a gap, by source, and how many carry quotes?",
  tables: ["swing_bars_10m", "scalp_1m_bars"],
  run: async ({ store, scope }) => ({
    kind: "noted",
    rows: await sampleRows(store.reader, "verify_quality_distribution", scopeValues(scope)),
  }),
};
