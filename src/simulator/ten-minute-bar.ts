import { PRICE_SCALE, type Price } from "../record/index.ts";
import type { SymbolMarket } from "./symbol-market.ts";

/** A 10-minute bar in the making; slot 0 starts at the open, the last slot holds the closing auction. */
export class TenMinuteBar {
  readonly slot: number;
  open: Price;
  high: Price;
  low: Price;
  close: Price;
  bidPrice: Price;
  askPrice: Price;
  /** Shares. */
  volume = 0;
  /** Won. */
  value = 0;

  /** Until the first trade the bar stands at the last price. */
  constructor(slot: number, market: SymbolMarket) {
    this.slot = slot;
    this.open = market.lastPrice;
    this.high = market.lastPrice;
    this.low = market.lastPrice;
    this.close = market.lastPrice;
    this.bidPrice = market.bidPrice;
    this.askPrice = market.askPrice;
  }

  /** Takes in what the market did in its last step. */
  add(market: SymbolMarket): void {
    this.bidPrice = market.bidPrice;
    this.askPrice = market.askPrice;
    if (market.volume === 0) return;
    const price = market.lastPrice;
    if (this.volume === 0) {
      this.open = price;
      this.high = price;
      this.low = price;
    }
    if (price > this.high) this.high = price;
    if (price < this.low) this.low = price;
    this.close = price;
    this.volume += market.volume;
    this.value += market.volume * (price / PRICE_SCALE);
  }
}
