// simulator — a seeded, made-up market with a known truth, and the sample of data files it yields.
// in: a seed, dates   out: ticks, bars, gaps, faults as JSONL files with their ground truth   touches: one folder of its own
export type { FaultOutcome } from "./fault.ts";
export type { FaultLine } from "./fault-plan.ts";
export type { SampleGap } from "./gap-plan.ts";
export {
  type FaultTruth,
  GROUND_TRUTH_FILE,
  type GroundTruth,
  type ListingTruth,
  type RecordCounts,
  readGroundTruth,
} from "./ground-truth.ts";
export type { LineFileSummary } from "./line-file.ts";
export { PLANTED_EFFECTS, type PlantedEffect } from "./planted-effect.ts";
export { SAMPLE_SEED, SAMPLE_VERSION, type SampleRecipe } from "./sample-recipe.ts";
export { type SimulatedListing, simulatedListings } from "./simulated-listing.ts";
export { SymbolMarket } from "./symbol-market.ts";
export { type SampleOutcome, type SampleRequest, writeSample } from "./write-sample.ts";
