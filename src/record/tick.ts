import type { Price } from "./price.ts";
import type { QualityFlag } from "./quality.ts";
import type { TimeUs } from "./time.ts";

/**
 * Marks a number the source did not send. NaN rather than null: a tick is a reused, flat record in the hot
 * path, and a field that is always a double costs no allocation. It is written to the database as NULL.
 */
export const ABSENT = Number.NaN;

export function isAbsent(value: number): boolean {
  return Number.isNaN(value);
}

/** One observation of one symbol: a trade, or a half-second sample of last price and best quotes. */
export interface Tick {
  symbol: string;
  /** When the venue says it happened. */
  eventTimeUs: TimeUs;
  /** Order among records of one symbol at one instant; ABSENT until the gate assigns it. */
  seq: number;
  /** Prices in ten-thousandths; ABSENT when not sent. */
  bidPrice: Price;
  askPrice: Price;
  lastPrice: Price;
  /** Shares. */
  bidSize: number;
  askSize: number;
  /** Shares traded since the symbol's previous tick. */
  volume: number;
  /** Shares traded since the start of the day, as the venue counts them. */
  acmlVolume: number;
  /** Value traded since the start of the day, whole currency units. */
  acmlValue: number;
  /** "" when not sent. */
  venue: string;
  sessionId: string;
  schemaVersion: string;
  /** When we received it; ABSENT when the source does not say. */
  receiveTimeUs: TimeUs;
  /** 0, 1, 2 = 2, 1, 0.5 samples a second. */
  mitigationLevel: number;
  qualityFlag: QualityFlag;
}
