/** The verdict a stored record carries: `gap` marks the first record after a gap. */
export type QualityFlag = "normal" | "degraded" | "gap";
