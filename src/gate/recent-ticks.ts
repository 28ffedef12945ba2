import { isAbsent, type Price, type QualityFlag, type Tick, type TimeUs } from "../record/index.ts";
import type { Findings } from "./verdict.ts";

/** Largest value of the SMALLINT column. */
export const LARGEST_SEQ = 32_767;

// One row of doubles per remembered tick.
const EVENT_TIME = 0;
const SEQ = 1;
const FINDINGS = 2;
const BID_PRICE = 3;
const ASK_PRICE = 4;
const LAST_PRICE = 5;
const BID_SIZE = 6;
const ASK_SIZE = 7;
const VOLUME = 8;
const ACML_VOLUME = 9;
const ACML_VALUE = 10;
const RECEIVE_TIME = 11;
const WIDTH = 12;

/**
 * The latest ticks of one symbol, in the order they came: a ring of `capacity` rows, the oldest overwritten.
 * It exists to give a late tick the key it would have had: the same as the tick it repeats, or the next `seq`
 * of its instant. What is older than the ring is forgotten: a tick that late starts its instant at seq 0 again,
 * and if the store holds another tick there, the store says so (a conflict among the rejects).
 */
export interface RecentTicks {
  readonly capacity: number;
  readonly rows: Float64Array;
  readonly venues: string[];
  readonly flags: QualityFlag[];
  /** How many were ever remembered; the next goes to row `count % capacity`. */
  count: number;
}

export function newRecentTicks(capacity: number): RecentTicks {
  return {
    capacity,
    rows: new Float64Array(capacity * WIDTH),
    venues: new Array<string>(capacity).fill(""),
    flags: new Array<QualityFlag>(capacity).fill("normal"),
    count: 0,
  };
}

export function cloneRecentTicks(recent: RecentTicks): RecentTicks {
  return {
    ...recent,
    rows: recent.rows.slice(),
    venues: recent.venues.slice(),
    flags: recent.flags.slice(),
  };
}

const same = (a: number, b: number): boolean => a === b || (isAbsent(a) && isAbsent(b));

/**
 * Row of the oldest remembered tick that `tick` repeats, -1 if none. To repeat is to agree in every field the venue
 * or the receive clock gave, and in `seq` where the tick brings one; session, mitigation and quality are ours.
 * bidPrice, askPrice  as they would be stored (ABSENT for an empty side)
 */
export function rowOfRepeat(recent: RecentTicks, tick: Tick, bidPrice: Price, askPrice: Price): number {
  const { rows, capacity, count } = recent;
  for (let n = Math.max(0, count - capacity); n < count; n++) {
    const row = n % capacity;
    const at = row * WIDTH;
    if (
      rows[at + EVENT_TIME] === tick.eventTimeUs &&
      (isAbsent(tick.seq) || rows[at + SEQ] === tick.seq) &&
      same(rows[at + LAST_PRICE]!, tick.lastPrice) &&
      same(rows[at + VOLUME]!, tick.volume) &&
      same(rows[at + ACML_VOLUME]!, tick.acmlVolume) &&
      same(rows[at + BID_PRICE]!, bidPrice) &&
      same(rows[at + ASK_PRICE]!, askPrice) &&
      same(rows[at + BID_SIZE]!, tick.bidSize) &&
      same(rows[at + ASK_SIZE]!, tick.askSize) &&
      same(rows[at + ACML_VALUE]!, tick.acmlValue) &&
      same(rows[at + RECEIVE_TIME]!, tick.receiveTimeUs) &&
      recent.venues[row] === tick.venue
    )
      return row;
  }
  return -1;
}

export function seqOfRow(recent: RecentTicks, row: number): number {
  return recent.rows[row * WIDTH + SEQ]!;
}

export function findingsOfRow(recent: RecentTicks, row: number): Findings {
  return recent.rows[row * WIDTH + FINDINGS]!;
}

export function flagOfRow(recent: RecentTicks, row: number): QualityFlag {
  return recent.flags[row]!;
}

/** One more than the largest remembered seq of an instant; 0 when none of it is remembered. */
export function nextSeqAt(recent: RecentTicks, eventTimeUs: TimeUs): number {
  const { rows } = recent;
  const filled = Math.min(recent.count, recent.capacity);
  let seq = 0;
  for (let row = 0; row < filled; row++) {
    const at = row * WIDTH;
    if (rows[at + EVENT_TIME] === eventTimeUs && rows[at + SEQ]! >= seq) seq = rows[at + SEQ]! + 1;
  }
  return seq;
}

/** Remembers a judged tick: its `seq`, prices and flag are already as stored. */
export function rememberTick(recent: RecentTicks, tick: Tick, findings: Findings): void {
  const { rows } = recent;
  const row = recent.count % recent.capacity;
  const at = row * WIDTH;
  rows[at + EVENT_TIME] = tick.eventTimeUs;
  rows[at + SEQ] = tick.seq;
  rows[at + FINDINGS] = findings;
  rows[at + BID_PRICE] = tick.bidPrice;
  rows[at + ASK_PRICE] = tick.askPrice;
  rows[at + LAST_PRICE] = tick.lastPrice;
  rows[at + BID_SIZE] = tick.bidSize;
  rows[at + ASK_SIZE] = tick.askSize;
  rows[at + VOLUME] = tick.volume;
  rows[at + ACML_VOLUME] = tick.acmlVolume;
  rows[at + ACML_VALUE] = tick.acmlValue;
  rows[at + RECEIVE_TIME] = tick.receiveTimeUs;
  recent.venues[row] = tick.venue;
  recent.flags[row] = tick.qualityFlag;
  recent.count++;
}
