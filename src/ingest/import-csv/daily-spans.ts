import type { TradeDate } from "../../record/index.ts";
import type { DailySpan } from "../../store/index.ts";

/** First and last date of each symbol's daily prices since they were last taken. */
export class DailySpans {
  readonly #spans = new Map<string, DailySpan>();

  add(symbol: string, date: TradeDate): void {
    const span = this.#spans.get(symbol);
    if (span === undefined) {
      this.#spans.set(symbol, { symbol, firstDate: date, lastDate: date });
      return;
    }
    if (date < span.firstDate) span.firstDate = date;
    if (date > span.lastDate) span.lastDate = date;
  }

  take(): DailySpan[] {
    const spans = [...this.#spans.values()];
    this.#spans.clear();
    return spans;
  }
}
