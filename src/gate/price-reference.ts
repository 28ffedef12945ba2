import { ABSENT, isAbsent, type Price, SECOND_US, type TimeUs } from "../record/index.ts";
import { TICK_MOVE } from "./codes.ts";
import type { GateThresholds } from "./rules.ts";
import { DEGRADES, type Findings, REJECTS } from "./verdict.ts";

/** The last price of the session, and when it last traded: what G-002 measures the next tick against. */
export interface PriceReference {
  price: Price;
  tradedUs: TimeUs;
}

export function newPriceReference(): PriceReference {
  return { price: ABSENT as Price, tradedUs: ABSENT as TimeUs };
}

/**
 * G-002. A reference that has not traded for the length of a VI auction may have an auction behind it that nobody
 * told us of, and a wrong one must not reject a session to its end: it still degrades, and the price takes its place.
 */
export function tickMoveFindings(
  price: Price,
  eventTimeUs: TimeUs,
  reference: PriceReference,
  thresholds: Readonly<GateThresholds>,
): Findings {
  const move = Math.abs(price - reference.price);
  if (!(move > thresholds.tickMoveDegrade * reference.price)) return 0;
  const isFresh = eventTimeUs - reference.tradedUs <= thresholds.tickMoveFreshSeconds * SECOND_US;
  const rejects = isFresh && move > thresholds.tickMoveReject * reference.price;
  return TICK_MOVE | (rejects ? REJECTS : DEGRADES);
}

/** A sample that repeats the last price without volume is no trade: it leaves the reference as old as it is. */
export function notePrice(
  reference: PriceReference,
  price: Price,
  volume: number,
  eventTimeUs: TimeUs,
): void {
  if (isAbsent(price)) return;
  if (price === reference.price && !(volume > 0)) return;
  reference.price = price;
  reference.tradedUs = eventTimeUs;
}

export function forgetPrice(reference: PriceReference): void {
  reference.price = ABSENT as Price;
  reference.tradedUs = ABSENT as TimeUs;
}
