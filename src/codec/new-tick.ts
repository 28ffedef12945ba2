import { ABSENT, type Price, type Tick, type TimeUs } from "../record/index.ts";

/** `seq` is a SMALLINT. */
export const LARGEST_SEQ = 32_767;

/** A tick with no value in it, for reuse: every number is a double from the first moment, so its shape never changes. */
export function newTick(): Tick {
  return {
    symbol: "",
    eventTimeUs: ABSENT as TimeUs,
    seq: ABSENT,
    bidPrice: ABSENT as Price,
    askPrice: ABSENT as Price,
    lastPrice: ABSENT as Price,
    bidSize: ABSENT,
    askSize: ABSENT,
    volume: ABSENT,
    acmlVolume: ABSENT,
    acmlValue: ABSENT,
    venue: "",
    sessionId: "",
    schemaVersion: "",
    receiveTimeUs: ABSENT as TimeUs,
    mitigationLevel: 0,
    qualityFlag: "normal",
  };
}

/** Back to how `newTick` made it. */
export function clearTick(tick: Tick): void {
  tick.symbol = "";
  tick.eventTimeUs = ABSENT as TimeUs;
  tick.seq = ABSENT;
  tick.bidPrice = ABSENT as Price;
  tick.askPrice = ABSENT as Price;
  tick.lastPrice = ABSENT as Price;
  tick.bidSize = ABSENT;
  tick.askSize = ABSENT;
  tick.volume = ABSENT;
  tick.acmlVolume = ABSENT;
  tick.acmlValue = ABSENT;
  tick.venue = "";
  tick.sessionId = "";
  tick.schemaVersion = "";
  tick.receiveTimeUs = ABSENT as TimeUs;
  tick.mitigationLevel = 0;
  tick.qualityFlag = "normal";
}
