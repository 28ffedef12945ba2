import type { TradingDay } from "../market/index.ts";
import {
  ABSENT,
  DAY_US,
  isAbsent,
  kstMidnightUs,
  MINUTE_US,
  type Price,
  SECOND_US,
  type SwingBar,
  type TimeUs,
} from "../record/index.ts";
import { EMPTY_SIDE, FOREIGN_SYMBOL, IMPOSSIBLE_BAR, OUTSIDE_SESSION } from "./codes.ts";
import {
  amountFindings,
  hugeVolumeFindings,
  isEmptySide,
  priceFindings,
  quoteFindings,
  quoteOrAbsent,
} from "./number-range.ts";
import { dayMoveFindings, noteClose, openDate, previousCloseOn } from "./previous-close.ts";
import type { GateRules } from "./rules.ts";
import { isAuction } from "./session-window.ts";
import { barStreamOf, type StreamState, windowAt } from "./stream-state.ts";
import { gridFindings } from "./tick-grid.ts";
import { DEGRADES, type Findings, REJECTS, type Verdict, verdictOf, worseFlag } from "./verdict.ts";

/**
 * Decides whether a bar may enter the store and completes it for that: `qualityFlag` (never better than it came) and
 * ABSENT for the price of an empty side of the book. Bars may come in any order and more than once.
 * A rejected bar is left as it came and leaves nothing behind in the state. Deterministic, as `judgeTick` is.
 */
export function judgeBar(bar: SwingBar, state: StreamState, rules: GateRules): Verdict {
  const stream = barStreamOf(state, bar.symbol, rules);
  if (stream === undefined) return verdictOf(FOREIGN_SYMBOL | REJECTS);
  const { date, day } = windowAt(state, bar.barTimeUs, bar.venue, rules.market);
  const previousClose =
    rules.market === "krx" ? previousCloseOn(date, bar.symbol, stream.closes, rules) : (ABSENT as Price);

  let findings = rangeFindings(bar, mayCross(bar, state, rules), rules);
  if ((findings & REJECTS) !== 0) return verdictOf(findings);
  // The high and the low bound the other two prices (V-007), so they bound the move as well.
  findings |=
    dayMoveFindings(bar.high, previousClose, rules.thresholds) |
    dayMoveFindings(bar.low, previousClose, rules.thresholds);
  if ((findings & REJECTS) !== 0) return verdictOf(findings);

  if (!isSlot(bar, day, rules)) findings |= OUTSIDE_SESSION | DEGRADES;
  for (const price of [bar.open, bar.high, bar.low, bar.close])
    findings |= gridFindings(price, stream.instrument, day);
  if (isEmptySide(bar.bidPrice, ABSENT) || isEmptySide(bar.askPrice, ABSENT)) findings |= EMPTY_SIDE;

  bar.bidPrice = quoteOrAbsent(bar.bidPrice, ABSENT);
  bar.askPrice = quoteOrAbsent(bar.askPrice, ABSENT);
  bar.qualityFlag = worseFlag(bar.qualityFlag, (findings & DEGRADES) !== 0 ? "degraded" : "normal");
  if (isAbsent(stream.lastBarUs) || bar.barTimeUs >= stream.lastBarUs) {
    stream.lastBarUs = bar.barTimeUs;
    openDate(stream.closes, date, previousClose);
    if ((findings & OUTSIDE_SESSION) === 0) noteClose(stream.closes, date, bar.close);
  }
  return verdictOf(findings);
}

/** V-006, V-007, V-008, V-010. */
function rangeFindings(bar: SwingBar, mayCross: boolean, rules: GateRules): Findings {
  const { open, high, low, close } = bar;
  const bidPrice = quoteOrAbsent(bar.bidPrice, ABSENT);
  const askPrice = quoteOrAbsent(bar.askPrice, ABSENT);
  const isImpossible = high < Math.max(open, close, low) || low > Math.min(open, close, high);
  return (
    priceFindings(open) |
    priceFindings(high) |
    priceFindings(low) |
    priceFindings(close) |
    priceFindings(bidPrice) |
    priceFindings(askPrice) |
    amountFindings(bar.volume) |
    amountFindings(bar.value) |
    (isImpossible ? IMPOSSIBLE_BAR | REJECTS : 0) |
    quoteFindings(bidPrice, askPrice, mayCross, rules.thresholds) |
    hugeVolumeFindings(bar.volume, rules.thresholds)
  );
}

/** The quotes of a bar are of the moment it was collected, or of its end where that is not known. */
function mayCross(bar: SwingBar, state: StreamState, rules: GateRules): boolean {
  const endUs = bar.barTimeUs + rules.barSeconds * SECOND_US;
  const quotedUs = (isAbsent(bar.collectedAtUs) ? endUs : bar.collectedAtUs) as TimeUs;
  return rules.market === "krx" && isAuction(windowAt(state, quotedUs, bar.venue, rules.market));
}

/**
 * Whether the bar starts on the grid of its day's regular session. The closing auction's print belongs to the last
 * bar, except among one-minute bars, where it has its own. NXT opens half a minute into its first bar. A bar of a whole
 * day starts at its midnight.
 */
function isSlot(bar: SwingBar, day: TradingDay | null, rules: GateRules): boolean {
  if (rules.market === "generic") return true;
  if (day === null) return false;
  const widthUs = rules.barSeconds * SECOND_US;
  if (widthUs === DAY_US) return bar.barTimeUs === kstMidnightUs(day.date);
  const firstUs = day.openUs - (day.openUs % MINUTE_US);
  const printHasItsOwn = widthUs === MINUTE_US && day.closeUs > day.continuousEndUs;
  const isWithin = bar.barTimeUs >= firstUs && bar.barTimeUs < day.closeUs;
  return (
    (isWithin || (printHasItsOwn && bar.barTimeUs === day.closeUs)) &&
    (bar.barTimeUs - firstUs) % widthUs === 0
  );
}
