import type { GapRecord } from "../record/index.ts";
import { countField, instantField, objectOf, textField } from "./json-text.ts";

/** A closed gap as a v1.1 line, without the line feed. `timestamp` is its end, when the ledger learns of it. */
export function encodeGapLine(gap: GapRecord): string {
  return objectOf(
    textField("schema_version", "1.1"),
    instantField("timestamp", gap.gapEndUs),
    instantField("gap_start_ts", gap.gapStartUs),
    instantField("gap_end_ts", gap.gapEndUs),
    countField("gap_seconds", gap.gapSeconds),
    textField("scope", gap.scope),
    textField("symbol", gap.symbol),
    textField("reason", gap.reason),
    textField("session_id", gap.sessionId),
  );
}
