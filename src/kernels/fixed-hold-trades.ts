/** What a trade follows: the reversal of the signal's move, or its continuation. */
export type SearchMode = "mean_reversion" | "momentum";
export type SearchDirections = "long" | "short" | "both";
/** The close that made the signal (the original query's model; nobody can trade it), or the next bar's open. */
export type SearchFill = "signal_close" | "next_open";

/** Ten-minute bars of one symbol, n of each, in time order. */
export interface BarColumns {
  /** Start of the bar, µs since 1970 UTC, on the ten-minute grid. */
  barTimeUs: Float64Array;
  /** Prices in ten-thousandths, > 0. */
  open: Float64Array;
  close: Float64Array;
  /** 1 where quality_flag is normal. */
  isNormal: Uint8Array;
}

/** What executions cost from a day on, earliest first; empty columns: nothing. */
export interface DatedCosts {
  /** Days since 1970 in Korean time. */
  fromDay: Int32Array;
  /** Each side, fraction. */
  commissionRate: Float64Array;
  /** On the sale, fraction. */
  sellTaxRate: Float64Array;
}

export interface FixedHoldOptions {
  /** Smallest move that makes a signal, fraction > 0. */
  entryThreshold: number;
  /** Move in favour that ends a trade early, fraction; NaN: none does. */
  exitThreshold: number;
  /** Longest hold in bars, ≥ 1. */
  holdBars: number;
  mode: SearchMode;
  directions: SearchDirections;
  fill: SearchFill;
  costs: DatedCosts;
}

/** Trades in time order, one column a field. */
export interface FixedHoldTrades {
  /** 1 long, −1 short. */
  side: Int8Array;
  /** Positions in the bar columns. */
  signalIndex: Int32Array;
  exitIndex: Int32Array;
  /** Days since 1970 in Korean time. */
  day: Int32Array;
  entryPrice: Float64Array;
  exitPrice: Float64Array;
  /** Fractions. */
  grossReturn: Float64Array;
  netReturn: Float64Array;
}

const SLOT_US = 600_000_000;
const DAY_US = 86_400_000_000;
const KST_OFFSET_US = 32_400_000_000;

const dayOf = (timeUs: number) => Math.floor((timeUs + KST_OFFSET_US) / DAY_US);

/**
 * Trades of one threshold candidate on one symbol, bar by bar: the meaning of SQL `fixed_hold_trades`.
 * A signal is a close-to-close move of at least the entry threshold from the previous slot of the same day. It is
 * traded only if all bars of the hold are there, normal and of that day, whichever ends the trade. Exit at the
 * first close whose move in favour since entry reaches the exit threshold, else at the last of the hold. Signals
 * before an exit are passed over; one on the exit bar is not.
 * cost  O(n + trades × hold)
 */
export function fixedHoldTrades(bars: BarColumns, options: FixedHoldOptions): FixedHoldTrades {
  const { entryThreshold, exitThreshold, holdBars, mode, directions, fill, costs } = options;
  const indexAt = new Map<number, number>();
  for (let i = 0; i < bars.barTimeUs.length; i++) {
    if (bars.isNormal[i] === 1) indexAt.set(bars.barTimeUs[i]!, i);
  }
  /** The normal bar `slots` after bar i on the same day. */
  const barAfter = (i: number, slots: number) => {
    const timeUs = bars.barTimeUs[i]! + slots * SLOT_US;
    return dayOf(timeUs) === dayOf(bars.barTimeUs[i]!) ? indexAt.get(timeUs) : undefined;
  };
  const trades: Trade[] = [];
  let freeFromUs = Number.NEGATIVE_INFINITY;
  for (const [timeUs, signal] of indexAt) {
    if (timeUs < freeFromUs) continue;
    const previous = barAfter(signal, -1);
    if (previous === undefined) continue;
    const move = (bars.close[signal]! - bars.close[previous]!) / bars.close[previous]!;
    if (!(Math.abs(move) >= entryThreshold)) continue;
    const side = move < 0 === (mode === "mean_reversion") ? 1 : -1;
    if (side === (directions === "short" ? 1 : directions === "long" ? -1 : 0)) continue;
    const held = Array.from({ length: holdBars }, (_, k) => barAfter(signal, k + 1)).filter(
      (bar) => bar !== undefined,
    );
    const [first] = held;
    const last = held.at(-1);
    if (held.length < holdBars || first === undefined || last === undefined) continue;

    const entryPrice = fill === "signal_close" ? bars.close[signal]! : bars.open[first]!;
    const inFavour = (bar: number) => (side * (bars.close[bar]! - entryPrice)) / entryPrice;
    const exit = held.find((bar) => inFavour(bar) >= exitThreshold) ?? last;
    const exitPrice = bars.close[exit]!;
    const day = dayOf(timeUs);
    const { bought, sold } = costsOn(costs, day);
    trades.push({
      side,
      signal,
      exit,
      day,
      entryPrice,
      exitPrice,
      grossReturn: side === 1 ? exitPrice / entryPrice - 1 : 1 - exitPrice / entryPrice,
      netReturn:
        side === 1
          ? (exitPrice * sold) / (entryPrice * bought) - 1
          : 1 - (exitPrice * bought) / (entryPrice * sold),
    });
    freeFromUs = bars.barTimeUs[exit]!;
  }
  return toColumns(trades);
}

interface Trade {
  side: 1 | -1;
  signal: number;
  exit: number;
  day: number;
  entryPrice: number;
  exitPrice: number;
  grossReturn: number;
  netReturn: number;
}

/** What a purchase takes and a sale brings on a day, as multiples of the price. Throws RangeError before the first day. */
function costsOn(costs: DatedCosts, day: number): { bought: number; sold: number } {
  if (costs.fromDay.length === 0) return { bought: 1, sold: 1 };
  const period = costs.fromDay.findLastIndex((from) => from <= day);
  const commission = costs.commissionRate[period];
  const tax = costs.sellTaxRate[period];
  if (commission === undefined || tax === undefined)
    throw new RangeError(`no costs are known for day ${day}`);
  return { bought: 1 + commission, sold: 1 - commission - tax };
}

function toColumns(trades: readonly Trade[]): FixedHoldTrades {
  return {
    side: Int8Array.from(trades, (trade) => trade.side),
    signalIndex: Int32Array.from(trades, (trade) => trade.signal),
    exitIndex: Int32Array.from(trades, (trade) => trade.exit),
    day: Int32Array.from(trades, (trade) => trade.day),
    entryPrice: Float64Array.from(trades, (trade) => trade.entryPrice),
    exitPrice: Float64Array.from(trades, (trade) => trade.exitPrice),
    grossReturn: Float64Array.from(trades, (trade) => trade.grossReturn),
    netReturn: Float64Array.from(trades, (trade) => trade.netReturn),
  };
}
