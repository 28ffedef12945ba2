import type { Price } from "./price.ts";
import type { QualityFlag } from "./quality.ts";
import type { TimeUs } from "./time.ts";

/** A bar of one symbol: 10 minutes in `swing_bars_10m`, 1 minute when imported into `scalp_1m_bars`. */
export interface SwingBar {
  symbol: string;
  /** Start of the bar. */
  barTimeUs: TimeUs;
  /** When the bar was collected; ABSENT when the source does not say. Of two versions the later collected wins. */
  collectedAtUs: TimeUs;
  open: Price;
  high: Price;
  low: Price;
  close: Price;
  /** Shares. */
  volume: number;
  /** Value traded, in ten-thousandths of a currency unit; ABSENT when not sent. */
  value: number;
  /** Best quotes when the bar was collected; ABSENT when not sent. */
  bidPrice: Price;
  askPrice: Price;
  /** "" when not sent. */
  venue: string;
  sessionId: string;
  schemaVersion: string;
  mitigationLevel: number;
  qualityFlag: QualityFlag;
}
