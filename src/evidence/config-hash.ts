import { createHash } from "node:crypto";
import { canonicalJson, type JsonValue } from "./canonical-json.ts";

/** SHA-256 of the canonical JSON, 64 hex digits: equal for equal configurations, however they are written down. */
export function configHash(config: JsonValue): string {
  return createHash("sha256").update(canonicalJson(config)).digest("hex");
}
