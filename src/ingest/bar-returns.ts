import { ABSENT, type Price, type SwingBar, type TimeUs } from "../record/index.ts";

const SCALE = 100_000_000n;
/** Beyond NUMERIC(10,8); the table leaves such a return NULL. */
const LARGEST = 9_999_000_000n;

/**
 * Returns of bars against the bars that came before them in the stream. The table's trigger checks them and mends
 * those it knows better; a return that is right already spares it a second write of the row.
 */
export class BarReturns {
  readonly #latest = new Map<string, { barTimeUs: TimeUs; close: Price }>();

  /** In hundred-millionths; ABSENT for a symbol's first bar, an older bar, or one the column cannot hold. */
  of(bar: SwingBar): number {
    const before = this.#latest.get(bar.symbol);
    if (before !== undefined && bar.barTimeUs <= before.barTimeUs) return ABSENT;
    this.#latest.set(bar.symbol, { barTimeUs: bar.barTimeUs, close: bar.close });
    return before === undefined ? ABSENT : scaledReturn(before.close, bar.close);
  }
}

/** (close − previous) / previous, rounded half away from zero at the eighth decimal, as PostgreSQL rounds. */
export function scaledReturn(previous: Price, close: Price): number {
  const base = BigInt(previous);
  const change = (BigInt(close) - base) * SCALE;
  const magnitude = change < 0n ? -change : change;
  const rounded = (2n * magnitude + base) / (2n * base);
  if (rounded >= LARGEST) return ABSENT;
  return Number(change < 0n ? -rounded : rounded);
}
