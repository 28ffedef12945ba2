// evidence — what the data say about thresholds, and how strongly; every run kept so that it can be re-derived.
// in: bars in the store, the question   out: candidates with t, p and an honest verdict   touches: the store, through its door
export type { Candidate } from "./candidate.ts";
export { canonicalJson, type JsonValue } from "./canonical-json.ts";
export { configHash } from "./config-hash.ts";
export { type CostSchedule, costSchedule, NO_COSTS } from "./cost-schedule.ts";
export { type OptimizeSqlOptions, optimizeSql, type RunResult } from "./optimize-sql.ts";
export { type RankedCandidate, rankCandidates } from "./ranking.ts";
export type { EqualRun } from "./run-ledger.ts";
export { combinationsOf, type SqlSearch, type SqlSearchOptions, sqlSearch } from "./sql-search.ts";
export { twoSidedP } from "./t-test.ts";
