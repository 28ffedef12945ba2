import type { Tick } from "../record/index.ts";
import { countField, decimalField, instantField, objectOf, textField } from "./json-text.ts";

/**
 * A tick as a v1.1 line, without the line feed; what is absent is left out. `ts` repeats the receive time for readers
 * of v1.0. Decoding gives the tick back.
 */
export function encodeTickLine(tick: Tick): string {
  return objectOf(
    textField("schema_version", tick.schemaVersion),
    instantField("ts", tick.receiveTimeUs),
    instantField("event_time", tick.eventTimeUs),
    instantField("receive_time", tick.receiveTimeUs),
    textField("symbol", tick.symbol),
    textField("venue", tick.venue),
    countField("seq", tick.seq),
    decimalField("bid_price", tick.bidPrice),
    decimalField("ask_price", tick.askPrice),
    countField("bid_size", tick.bidSize),
    countField("ask_size", tick.askSize),
    decimalField("last_price", tick.lastPrice),
    countField("volume", tick.volume),
    countField("acml_volume", tick.acmlVolume),
    countField("acml_value", tick.acmlValue),
    textField("session_id", tick.sessionId),
    countField("mitigation_level", tick.mitigationLevel),
    textField("quality_flag", tick.qualityFlag),
  );
}
