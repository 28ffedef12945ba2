import { calendarCoverage, tradingDay } from "../../market/index.ts";
import { kstDateOf, MINUTE_US, type Price, type SwingBar, type TimeUs } from "../../record/index.ts";
import { barSlotUs } from "../bar-slot.ts";

const HALF_US = 5 * MINUTE_US;

/** The bar under way of one symbol: its first half, its second half, and a print stamped with the close itself. */
interface Slot {
  startUs: TimeUs;
  parts: (SwingBar | undefined)[];
}

/**
 * Joins the five-minute bars of a file to ten-minute bars. The halves of a bar must follow each other among the rows of
 * their symbol, in either order; of the same half twice the later row holds. A joined bar is handed out when its symbol moves on to
 * another one, or with `flush`. What misses a half, or the volume of one, is `degraded`, never filled up.
 */
export class HalfBars {
  readonly #slots = new Map<string, Slot>();

  /** The symbol's bar before, now that this half belongs to another; null while the bar is the same. */
  add(half: SwingBar): SwingBar | null {
    const startUs = barSlotUs(half.barTimeUs);
    const slot = this.#slots.get(half.symbol);
    const part = Math.floor((half.barTimeUs - startUs) / HALF_US);
    if (slot !== undefined && slot.startUs === startUs) {
      slot.parts[part] = half;
      return null;
    }
    const parts: Slot["parts"] = [undefined, undefined, undefined];
    parts[part] = half;
    this.#slots.set(half.symbol, { startUs, parts });
    return slot === undefined ? null : joined(slot);
  }

  /** The bars under way, at the end of the file. */
  flush(): SwingBar[] {
    const bars = [...this.#slots.values()].map(joined);
    this.#slots.clear();
    return bars;
  }
}

function joined(slot: Slot): SwingBar {
  const parts = slot.parts.filter((part) => part !== undefined);
  const [first] = parts;
  const last = parts.at(-1);
  if (first === undefined || last === undefined) throw new Error("a bar under way has a part");
  const isSound =
    isComplete(slot) && parts.every((part) => part.qualityFlag === "normal" && !lacksVolume(part));
  return {
    ...last,
    barTimeUs: slot.startUs,
    open: first.open,
    high: Math.max(...parts.map((part) => part.high)) as Price,
    low: Math.min(...parts.map((part) => part.low)) as Price,
    volume: parts.reduce((sum, part) => sum + part.volume, 0),
    value: parts.reduce((sum, part) => sum + part.value, 0),
    qualityFlag: isSound ? "normal" : "degraded",
  };
}

/** Both halves, or the half with the print where the first one is nothing but the closing auction's call. */
function isComplete({ startUs, parts: [first, second, print] }: Slot): boolean {
  const hasEnd = second !== undefined || print !== undefined;
  return hasEnd && (first !== undefined || isClosingCall(startUs));
}

function isClosingCall(startUs: TimeUs): boolean {
  const date = kstDateOf(startUs);
  const { from, to } = calendarCoverage();
  const day = date >= from && date <= to ? tradingDay(date) : null;
  return day !== null && startUs >= day.continuousEndUs && startUs < day.closeUs;
}

/** Prices moved, so there were trades that the volume does not count. */
function lacksVolume(part: SwingBar): boolean {
  return part.volume === 0 && part.high > part.low;
}
