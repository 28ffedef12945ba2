import { PRICE_SCALE } from "../record/index.ts";

/** A rate as an exact integer: 2000 = 0.20 % = a fraction of 0.002. */
export type PartsPerMillion = number & { readonly __unit: "PartsPerMillion" };

/** A rate as an exact integer, for tariffs finer than a millionth: 140527 = 0.0140527 %. */
export type PartsPerBillion = number & { readonly __unit: "PartsPerBillion" };

export const PPM_PER_UNIT = 1_000_000;
export const PPB_PER_UNIT = 1_000_000_000;

/**
 * The part of an amount of money, cut to whole won as Korean brokers charge it.
 * amount  whole ten-thousandths of a won, as the result; BigInt inside, since amount × rate passes 2^53
 */
export function chargeOf(amount: number, ratePpb: number): number {
  const won = (BigInt(amount) * BigInt(ratePpb)) / (BigInt(PPB_PER_UNIT) * BigInt(PRICE_SCALE));
  return Number(won) * PRICE_SCALE;
}
