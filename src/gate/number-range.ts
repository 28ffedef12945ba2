import { ABSENT, isAbsent, type Price } from "../record/index.ts";
import { IMPOSSIBLE_NUMBER, IMPOSSIBLE_QUOTE, IMPOSSIBLE_VOLUME } from "./codes.ts";
import type { GateThresholds } from "./rules.ts";
import { DEGRADES, type Findings, REJECTS } from "./verdict.ts";

/**
 * Brokers send price 0 for the side of a book that holds no order (a stock at its limit has no sellers). That is an
 * absent quote, not an impossible price, unless a size claims that there is something to trade at 0.
 */
export function isEmptySide(price: Price, size: number): boolean {
  return price === 0 && (size === 0 || isAbsent(size));
}

export function quoteOrAbsent(price: Price, size: number): Price {
  return isEmptySide(price, size) ? (ABSENT as Price) : price;
}

/** V-006 for a price. Absent prices pass. */
export function priceFindings(price: Price): Findings {
  return price <= 0 ? IMPOSSIBLE_NUMBER | REJECTS : 0;
}

/** V-006 for what cannot be negative. Absent amounts pass. */
export function amountFindings(amount: number): Findings {
  return amount < 0 ? IMPOSSIBLE_NUMBER | REJECTS : 0;
}

/** V-010. */
export function hugeVolumeFindings(volume: number, thresholds: Readonly<GateThresholds>): Findings {
  if (!(volume > thresholds.volumeDegrade)) return 0;
  return IMPOSSIBLE_VOLUME | (volume > thresholds.volumeReject ? REJECTS : DEGRADES);
}

/** V-008. A locked book (ask = bid) passes, and a crossed one where orders are collected before they are matched. */
export function quoteFindings(
  bidPrice: Price,
  askPrice: Price,
  mayCross: boolean,
  thresholds: Readonly<GateThresholds>,
): Findings {
  if (askPrice < bidPrice) return mayCross ? 0 : IMPOSSIBLE_QUOTE | REJECTS;
  const mid = (bidPrice + askPrice) / 2;
  return askPrice - bidPrice > thresholds.spreadDegrade * mid ? IMPOSSIBLE_QUOTE | DEGRADES : 0;
}
