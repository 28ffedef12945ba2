/**
 * An exact price: ten-thousandths of a currency unit as an integer, the resolution of NUMERIC(15,4).
 * The largest the column holds, 99,999,999,999.9999, is 1e15 here and below 2^53.
 */
export type Price = number & { readonly __unit: "Price" };

export const PRICE_SCALE = 10_000;

/**
 * The exact price nearest to a decimal number (ties away from zero).
 * Doubles carry 15 significant digits, so every price with up to 4 decimals and 11 integer digits survives.
 */
export function priceFromNumber(value: number): Price {
  return Math.round(value * PRICE_SCALE) as Price;
}

/** Decimal text without trailing zeros: 714500000 → "71450", 12345 → "1.2345". */
export function formatPrice(price: Price): string {
  const sign = price < 0 ? "-" : "";
  const magnitude = Math.abs(price);
  const fraction = magnitude % PRICE_SCALE;
  const whole = (magnitude - fraction) / PRICE_SCALE;
  if (fraction === 0) return `${sign}${whole}`;
  return `${sign}${whole}.${String(fraction).padStart(4, "0").replace(/0+$/, "")}`;
}
