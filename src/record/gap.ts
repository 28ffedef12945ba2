import type { TimeUs } from "./time.ts";

export const GAP_SCOPES = ["scalp", "swing", "all"] as const;
export type GapScope = (typeof GAP_SCOPES)[number];

export const GAP_REASONS = [
  "ws_disconnect",
  "ws_timeout",
  "api_error",
  "rate_limit",
  "no_data_received",
  "slot_manager_error",
  "system_error",
  "manual_stop",
  "back_fill_hole",
] as const;
export type GapReason = (typeof GAP_REASONS)[number];

/** minor 10–60 s, major 60 s–5 min, critical from 5 min; shorter ones are recorded as minor. */
export type GapSeverity = "minor" | "major" | "critical";

/** A stretch for which data are known to be missing. */
export interface GapRecord {
  gapStartUs: TimeUs;
  gapEndUs: TimeUs;
  gapSeconds: number;
  scope: GapScope;
  /** "" when the gap concerns every symbol of the scope. */
  symbol: string;
  /** One of GAP_REASONS from our own collectors; foreign ledgers may hold other texts. */
  reason: string;
  sessionId: string;
}
