import type { TradingDay } from "../market/index.ts";
import { SLOT_SECONDS, type SymbolMarket } from "./symbol-market.ts";
import { TenMinuteBar } from "./ten-minute-bar.ts";

/** Twenty steps a slot: enough for a bar's range, cheap enough for the whole universe. */
const BAR_STEP_SECONDS = 30;
const HALF_SECOND = 0.5;

/** One symbol's day in steps of half a minute: its 10-minute bars, the closing auction in the last. */
export function simulateBars(market: SymbolMarket, day: TradingDay): TenMinuteBar[] {
  const bars: TenMinuteBar[] = [];
  market.openDay(day);
  for (let slot = 0; slot < market.continuousSlots; slot++) {
    const bar = new TenMinuteBar(slot, market);
    if (slot === 0) bar.add(market);
    market.beginSlot(slot);
    for (let elapsed = 0; elapsed < SLOT_SECONDS; elapsed += BAR_STEP_SECONDS) {
      market.step(BAR_STEP_SECONDS);
      bar.add(market);
    }
    market.endSlot();
    bars.push(bar);
  }
  market.closeDay();
  const last = new TenMinuteBar(market.continuousSlots, market);
  last.add(market);
  bars.push(last);
  return bars;
}

/**
 * Several symbols' day side by side at 2 Hz. Yields the number of each half second since the open, 0 for the opening
 * print and the last one for the closing print; the markets then show what a sampler would see.
 * `barsOf[i]` fills with the bars of `markets[i]`.
 */
export function* simulateHalfSeconds(
  markets: readonly SymbolMarket[],
  day: TradingDay,
  barsOf: readonly TenMinuteBar[][],
): Generator<number, void, void> {
  const perSlot = SLOT_SECONDS / HALF_SECOND;
  let halfSecond = 0;
  const slots = Math.max(
    ...markets.map((market) => {
      market.openDay(day);
      return market.continuousSlots;
    }),
  );
  for (let slot = 0; slot < slots; slot++) {
    const bars = markets.map((market) => new TenMinuteBar(slot, market));
    for (const market of markets) market.beginSlot(slot);
    for (let step = 0; step < perSlot; step++) {
      // The opening print is the first half second of the day.
      if (halfSecond > 0) for (const market of markets) market.step(HALF_SECOND);
      for (let i = 0; i < markets.length; i++) bars[i]!.add(markets[i]!);
      yield halfSecond++;
    }
    for (let i = 0; i < markets.length; i++) {
      markets[i]!.endSlot();
      barsOf[i]!.push(bars[i]!);
    }
  }
  for (const market of markets) market.volume = 0;
  for (let step = 0; step < perSlot; step++) yield halfSecond++;
  for (let i = 0; i < markets.length; i++) {
    const market = markets[i]!;
    market.closeDay();
    const bar = new TenMinuteBar(slots, market);
    bar.add(market);
    barsOf[i]!.push(bar);
  }
  yield halfSecond;
}
