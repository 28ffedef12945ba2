import type { Tick } from "../record/index.ts";
import { type BinaryRows, TextFields } from "./binary-rows.ts";

/** The columns of `scalp_ticks` that a writer fills, in the order `writeTickRow` writes them. */
export const TICK_COLUMNS = [
  "symbol",
  "event_time",
  "seq",
  "bid_price",
  "ask_price",
  "last_price",
  "bid_size",
  "ask_size",
  "volume",
  "acml_volume",
  "acml_value",
  "venue",
  "session_id",
  "schema_version",
  "receive_time",
  "mitigation_level",
  "quality_flag",
  "ingest_file_id",
] as const;

/** Wire forms of the texts of ticks; one per writer. */
export class TickTexts {
  readonly symbols = new TextFields();
  readonly venues = new TextFields();
  readonly sessions = new TextFields();
  readonly versions = new TextFields();
  readonly flags = new TextFields();
}

/** Appends a gated tick (its `seq` assigned). `fileId` NaN for a live tick. */
export function writeTickRow(rows: BinaryRows, tick: Tick, fileId: number, texts: TickTexts): void {
  rows.row(TICK_COLUMNS.length);
  rows.encoded(texts.symbols.of(tick.symbol));
  rows.timestamp(tick.eventTimeUs);
  rows.int2(tick.seq);
  rows.numeric4(tick.bidPrice);
  rows.numeric4(tick.askPrice);
  rows.numeric4(tick.lastPrice);
  rows.int8(tick.bidSize);
  rows.int8(tick.askSize);
  rows.int8(tick.volume);
  rows.int8(tick.acmlVolume);
  rows.int8(tick.acmlValue);
  rows.encoded(texts.venues.of(tick.venue));
  rows.encoded(texts.sessions.of(tick.sessionId));
  rows.encoded(texts.versions.of(tick.schemaVersion));
  rows.timestamp(tick.receiveTimeUs);
  rows.int4(tick.mitigationLevel);
  rows.encoded(texts.flags.of(tick.qualityFlag));
  if (Number.isNaN(fileId)) rows.nullField();
  else rows.int4(fileId);
}
