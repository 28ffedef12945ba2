import type { SwingBar } from "../record/index.ts";
import { countField, decimalField, instantField, objectOf, textField } from "./json-text.ts";

/** A bar as a v1.1 line, without the line feed; what is absent is left out. Decoding gives the bar back. */
export function encodeSwingBarLine(bar: SwingBar): string {
  const price = objectOf(
    decimalField("open", bar.open),
    decimalField("high", bar.high),
    decimalField("low", bar.low),
    decimalField("close", bar.close),
  );
  return objectOf(
    textField("schema_version", bar.schemaVersion),
    instantField("ts", bar.collectedAtUs),
    instantField("bar_time", bar.barTimeUs),
    textField("session", bar.sessionId),
    textField("symbol", bar.symbol),
    textField("venue", bar.venue),
    `,"price":${price}`,
    countField("volume", bar.volume),
    decimalField("value", bar.value),
    decimalField("bid_price", bar.bidPrice),
    decimalField("ask_price", bar.askPrice),
    countField("mitigation_level", bar.mitigationLevel),
    textField("quality_flag", bar.qualityFlag),
  );
}
