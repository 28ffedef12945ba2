import type { Market } from "../market/index.ts";
import { PRICE_SCALE, type Price } from "../record/index.ts";
import { PLANTED_EFFECTS, type PlantedEffect } from "./planted-effect.ts";
import { openStream, type RandomStream } from "./random-stream.ts";

/** A made-up stock and how it trades. */
export interface SimulatedListing {
  /** `SIM001`, `SIM002` …: fits the shape of a Korean code, and no Korean code starts with a letter. */
  symbol: string;
  /** From 1; names the random streams of the listing. */
  number: number;
  market: Market;
  /** Close of the day before the first one; the nearest price on the grid is used. */
  basePrice: Price;
  /** Standard deviation of the fair value's return over 10 minutes of continuous trading, shocks apart. */
  tenMinuteSd: number;
  /** Chance that a quiet 10-minute slot brings a shock of 1.3–2.2 % either way. */
  shockChance: number;
  /** Usual distance of the best quotes. */
  spreadTicks: number;
  /** Expected shares a day. */
  dailyVolume: number;
  /** Trades a second at the day's average activity. */
  tradesPerSecond: number;
  /** Null: the fair value is a martingale, and every rule loses its costs on average. */
  effect: PlantedEffect | null;
}

/** Lower and upper end of a stretch of prices in won, and how many in 20 listings lie there. */
const PRICE_BANDS = [
  [4_500, 19_000, 7],
  [21_000, 48_000, 6],
  [52_000, 190_000, 5],
  [210_000, 480_000, 1],
  [510_000, 900_000, 1],
] as const;

/** The most liquid listings are those whose ticks are sampled. */
const LIQUID_LISTINGS = 10;

function drawPrice(stream: RandomStream): number {
  let ticket = stream.below(20);
  for (const [from, to, count] of PRICE_BANDS) {
    if (ticket < count) return stream.between(from, to);
    ticket -= count;
  }
  return PRICE_BANDS[0][1];
}

/** Planted symbols are priced where a tick is small (5–11 bps), so that the effect outlives its costs. */
const PLANTED_PRICES: ReadonlyMap<number, number> = new Map([
  [11, 45_000],
  [12, 178_000],
  [13, 18_500],
]);

function listing(seed: number, number: number): SimulatedListing {
  const stream = openStream(seed, number);
  const effect = PLANTED_EFFECTS.get(number) ?? null;
  const isLiquid = number <= LIQUID_LISTINGS;
  const drawnPrice = drawPrice(stream);
  const priceWon = PLANTED_PRICES.get(number) ?? drawnPrice;
  const dailyValueWon = isLiquid ? stream.between(4e10, 2e11) : stream.between(2e9, 3e10);
  const tenMinuteSd = stream.between(0.0022, 0.0042);
  const shockChance = stream.between(0.002, 0.05);
  return {
    symbol: `SIM${String(number).padStart(3, "0")}`,
    number,
    market: stream.below(3) === 0 ? "KOSDAQ" : "KOSPI",
    basePrice: (Math.round(priceWon) * PRICE_SCALE) as Price,
    tenMinuteSd: effect === null ? tenMinuteSd : 0.0035,
    shockChance: effect === null ? shockChance : 0.6,
    spreadTicks: isLiquid || effect !== null ? 1 : 1 + stream.below(3),
    dailyVolume: Math.round(dailyValueWon / priceWon),
    tradesPerSecond: isLiquid ? stream.between(0.6, 1.6) : stream.between(0.03, 0.4),
    effect,
  };
}

/** The first `count` listings under a seed; a listing does not depend on how many there are. At most 999. */
export function simulatedListings(seed: number, count: number): SimulatedListing[] {
  if (!(count >= 1 && count <= 999)) throw new RangeError(`listings must be 1 to 999, not ${count}`);
  return Array.from({ length: count }, (_, index) => listing(seed, index + 1));
}
