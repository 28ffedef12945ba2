import { expectedTenMinuteBars, type Instrument, type TradingDay } from "../market/index.ts";
import { DAY_US, PRICE_SCALE, type Price } from "../record/index.ts";
import {
  CLOSING_AUCTION_SHARE,
  OPENING_AUCTION_SHARE,
  volatilityCurve,
  volumeCurve,
} from "./intraday-curve.ts";
import { pullAfter } from "./planted-effect.ts";
import { QuoteLadder } from "./quote-ladder.ts";
import { openStream, type RandomStream } from "./random-stream.ts";
import type { SimulatedListing } from "./simulated-listing.ts";

export const SLOT_SECONDS = 600;
const OVERNIGHT_SD = 0.006;
/** How far the fair value moves in the closing auction, in parts of a continuous slot. */
const CLOSING_AUCTION_SD = 0.5;
const SMALLEST_SHOCK = 0.013;
const LARGEST_SHOCK = 0.022;
/** Part of the samples of at most a second in which nothing is shown to happen. */
const QUIET_CHANCE = 0.25;
const SIZE_CHANGE_CHANCE = 0.5;
const WIDER_CHANCE = 0.15;

/** Trade sizes in parts of the mean and how many in 100 trades have them; the mean of the mixture is 1. */
const SIZE_MIXTURE = [
  [0.4, 70],
  [1.4, 20],
  [3, 8],
  [10, 2],
] as const;

function drawSize(stream: RandomStream): number {
  let ticket = stream.below(100);
  for (const [size, count] of SIZE_MIXTURE) {
    if (ticket < count) return size * stream.between(0.5, 1.5);
    ticket -= count;
  }
  return 1;
}

/**
 * The market of one made-up stock.
 *
 * States of a day: *closed* → `openDay` (overnight move, opening auction print) → for each 10-minute slot of
 * continuous trading `beginSlot`, any number of `step`s that add up to 600 s, `endSlot` → `closeDay` (closing
 * auction print) → *closed*. Between calls the public fields are what a market data feed would show.
 *
 * The fair value is an arithmetic random walk of independent returns of mean zero: a martingale, apart from the
 * listing's planted effect. At a price limit a step that would leave the limits is not taken. The best quotes
 * always enclose the fair value when they are set, and trades happen at them: buyer and seller pay the spread.
 */
export class SymbolMarket {
  readonly listing: SimulatedListing;
  bidPrice = 0 as Price;
  askPrice = 0 as Price;
  bidSize = 0;
  askSize = 0;
  lastPrice: Price;
  /** Shares traded in the last step, print included. */
  volume = 0;
  /** Shares and won traded since the start of the day. */
  acmlVolume = 0;
  acmlValue = 0;

  readonly #instrument: Instrument;
  readonly #seed: number;
  #stream: RandomStream;
  #ladder: QuoteLadder;
  #fairValue: number;
  #volumeCurve: Float64Array = new Float64Array();
  #volatilityCurve: Float64Array = new Float64Array();
  #slot = 0;
  #elapsedSeconds = 0;
  #previousSlotClose = Number.NaN;
  #shockAtSeconds = Number.POSITIVE_INFINITY;
  #shock = 0;
  #pullPerSecond = 0;
  #pullSecondsLeft = 0;

  constructor(seed: number, listing: SimulatedListing, firstDay: TradingDay) {
    this.listing = listing;
    this.#seed = seed;
    this.#instrument = { market: listing.market, kind: "stock" };
    this.#stream = openStream(seed, listing.number, 1);
    this.#ladder = new QuoteLadder(this.#instrument, firstDay.date, listing.basePrice);
    this.#fairValue = listing.basePrice;
    this.lastPrice = this.#ladder.nearest(listing.basePrice);
  }

  /** Slots of continuous trading in the day; one more holds the closing auction. */
  get continuousSlots(): number {
    return this.#volumeCurve.length;
  }

  /** Highest and lowest price of the day, by its rules. */
  get priceLimits(): { lower: Price; upper: Price } {
    return { lower: this.#ladder.lower, upper: this.#ladder.upper };
  }

  openDay(day: TradingDay): void {
    const dayNumber = Math.floor(day.openUs / DAY_US);
    this.#stream = openStream(this.#seed, this.listing.number, 2, dayNumber);
    this.#ladder = new QuoteLadder(this.#instrument, day.date, this.lastPrice);
    const slots = expectedTenMinuteBars(day) - 1;
    this.#volumeCurve = volumeCurve(slots);
    this.#volatilityCurve = volatilityCurve(slots);
    this.#previousSlotClose = Number.NaN;
    this.#pullSecondsLeft = 0;
    this.acmlVolume = 0;
    this.acmlValue = 0;
    this.#moveBy(this.#fairValue * OVERNIGHT_SD * this.#stream.bell());
    this.#setQuotes();
    this.#print(OPENING_AUCTION_SHARE);
  }

  beginSlot(slot: number): void {
    this.#slot = slot;
    this.#elapsedSeconds = 0;
    this.#shockAtSeconds = Number.POSITIVE_INFINITY;
    // A shock needs a bar before it to be seen against, and an hour after it in which something may follow.
    const mayShock = slot > 0 && this.#hasHorizonAfter(slot) && this.#pullSecondsLeft <= 0;
    if (mayShock && this.#stream.fraction() < this.listing.shockChance) {
      this.#shockAtSeconds = this.#stream.between(0, 0.9 * SLOT_SECONDS);
      const sign = this.#stream.below(2) === 0 ? -1 : 1;
      this.#shock = sign * this.#stream.between(SMALLEST_SHOCK, LARGEST_SHOCK);
    }
  }

  /** Continuous trading for a stretch of time within the slot. */
  step(seconds: number): void {
    this.#moveFairValue(seconds);
    this.volume = 0;
    const stream = this.#stream;
    if (seconds <= 1 && stream.fraction() < QUIET_CHANCE) return;
    if (this.#fairValue < this.bidPrice || this.#fairValue > this.askPrice) this.#setQuotes();
    else if (stream.fraction() < SIZE_CHANGE_CHANCE) this.#setSizes();
    this.#trade(seconds);
  }

  endSlot(): void {
    const barReturn = this.lastPrice / this.#previousSlotClose - 1;
    this.#previousSlotClose = this.lastPrice;
    const effect = this.listing.effect;
    if (effect === null || this.#pullSecondsLeft > 0 || !this.#hasHorizonAfter(this.#slot)) return;
    const pull = pullAfter(effect, barReturn);
    if (pull === 0) return;
    this.#pullSecondsLeft = effect.horizonMinutes * 60;
    this.#pullPerSecond = (pull * effect.expectedReturn * this.lastPrice) / this.#pullSecondsLeft;
  }

  closeDay(): void {
    const bell = this.#stream.bell();
    this.#moveBy(this.#fairValue * this.listing.tenMinuteSd * CLOSING_AUCTION_SD * bell);
    this.#setQuotes();
    this.#print(CLOSING_AUCTION_SHARE);
  }

  #hasHorizonAfter(slot: number): boolean {
    const horizonSlots = ((this.listing.effect?.horizonMinutes ?? 60) * 60) / SLOT_SECONDS;
    return slot + 1 + horizonSlots <= this.continuousSlots;
  }

  #moveFairValue(seconds: number): void {
    const sd = this.listing.tenMinuteSd * this.#volatilityCurve[this.#slot]!;
    let move = this.#fairValue * sd * Math.sqrt(seconds / SLOT_SECONDS) * this.#stream.bell();
    if (this.#pullSecondsLeft > 0) {
      move += this.#pullPerSecond * Math.min(seconds, this.#pullSecondsLeft);
      this.#pullSecondsLeft -= seconds;
    }
    this.#elapsedSeconds += seconds;
    if (this.#elapsedSeconds > this.#shockAtSeconds) {
      move += this.#fairValue * this.#shock;
      this.#shockAtSeconds = Number.POSITIVE_INFINITY;
    }
    this.#moveBy(move);
  }

  #moveBy(move: number): void {
    if (this.#ladder.contains(this.#fairValue + move)) this.#fairValue += move;
  }

  #setQuotes(): void {
    const isWider = this.#stream.fraction() < WIDER_CHANCE;
    const quotes = this.#ladder.quotesAround(this.#fairValue, this.listing.spreadTicks + (isWider ? 1 : 0));
    this.bidPrice = quotes.bid;
    this.askPrice = quotes.ask;
    this.#setSizes();
  }

  #setSizes(): void {
    // A best quote holds about two minutes of average trading.
    const usual = this.listing.dailyVolume / 200;
    this.bidSize = Math.max(1, Math.round(usual * drawSize(this.#stream)));
    this.askSize = Math.max(1, Math.round(usual * drawSize(this.#stream)));
  }

  #trade(seconds: number): void {
    const activity = this.#volumeCurve[this.#slot]!;
    const shown = seconds <= 1 ? 1 - QUIET_CHANCE : 1;
    const chance = Math.min(1, (this.listing.tradesPerSecond * activity * seconds) / shown);
    if (this.#stream.fraction() >= chance) return;
    const continuousShare = 1 - OPENING_AUCTION_SHARE - CLOSING_AUCTION_SHARE;
    const expected =
      (this.listing.dailyVolume * continuousShare * activity * seconds) /
      (this.continuousSlots * SLOT_SECONDS);
    const size = Math.max(1, Math.round((expected / (chance * shown)) * drawSize(this.#stream)));
    this.#record(this.#stream.below(2) === 0 ? this.bidPrice : this.askPrice, size);
  }

  #print(share: number): void {
    const size = Math.round(this.listing.dailyVolume * share * this.#stream.between(0.5, 1.5));
    this.#record(this.#ladder.nearest(this.#fairValue), Math.max(1, size));
  }

  #record(price: Price, size: number): void {
    this.lastPrice = price;
    this.volume = size;
    this.acmlVolume += size;
    this.acmlValue += size * (price / PRICE_SCALE);
  }
}
