import {
  ABSENT,
  isAbsent,
  kstDateOf,
  type Price,
  SECOND_US,
  type Tick,
  type TimeUs,
} from "../record/index.ts";
import {
  EMPTY_SIDE,
  FOREIGN_SYMBOL,
  FUTURE_EVENT,
  LATE,
  OUTSIDE_SESSION,
  SEQ_OUT_OF_RANGE,
} from "./codes.ts";
import {
  amountFindings,
  hugeVolumeFindings,
  isEmptySide,
  priceFindings,
  quoteFindings,
  quoteOrAbsent,
} from "./number-range.ts";
import { dayMoveFindings, noteClose, openDate, previousCloseOn } from "./previous-close.ts";
import { forgetPrice, notePrice, tickMoveFindings } from "./price-reference.ts";
import {
  findingsOfRow,
  flagOfRow,
  LARGEST_SEQ,
  nextSeqAt,
  rememberTick,
  rowOfRepeat,
  seqOfRow,
} from "./recent-ticks.ts";
import type { GateRules } from "./rules.ts";
import { continuousUs, isAuction, isRegular, type SessionWindow } from "./session-window.ts";
import { type StreamState, type TickStream, tickStreamOf, windowAt } from "./stream-state.ts";
import { gridFindings } from "./tick-grid.ts";
import { DEGRADES, type Findings, REJECTS, type Verdict, verdictOf, worseFlag } from "./verdict.ts";
import { advanceVolumes, forgetVolumes, noteVolume, volumeFindings } from "./volume-mean.ts";

/**
 * Decides whether a tick may enter the store and completes it for that: `seq` (kept if it came with one),
 * `qualityFlag` (never better than it came) and ABSENT for the price of an empty side of the book.
 * A rejected tick is left as it came and leaves nothing behind in the state.
 * The same ticks, in the same order, from the same state, under the same rules give the same verdicts and ticks:
 * no clock, no input or output, and what is judged now does not depend on what comes later.
 */
export function judgeTick(tick: Tick, state: StreamState, rules: GateRules): Verdict {
  const stream = tickStreamOf(state, tick.symbol, rules);
  if (stream === undefined) return verdictOf(FOREIGN_SYMBOL | REJECTS);
  const window = windowAt(state, tick.eventTimeUs, tick.venue, rules.market);
  const bidPrice = quoteOrAbsent(tick.bidPrice, tick.bidSize);
  const askPrice = quoteOrAbsent(tick.askPrice, tick.askSize);

  const impossible = rangeFindings(tick, bidPrice, askPrice, stream, window, rules);
  if ((impossible & REJECTS) !== 0) return verdictOf(impossible);

  const isLate = tick.eventTimeUs < stream.lastEventUs;
  if (isLate || tick.eventTimeUs === stream.lastEventUs) {
    const row = rowOfRepeat(stream.recent, tick, bidPrice, askPrice);
    if (row >= 0 && (isLate || !mayBeAnotherTrade(tick))) return repeat(tick, stream, row, isLate);
  }
  const seq = isAbsent(tick.seq) ? nextSeq(tick.eventTimeUs, stream) : tick.seq;
  if (!(Number.isInteger(seq) && seq >= 0 && seq <= LARGEST_SEQ))
    return verdictOf(impossible | SEQ_OUT_OF_RANGE | REJECTS);

  const previousClose =
    rules.market === "krx"
      ? previousCloseOn(window.date, tick.symbol, stream.closes, rules)
      : (ABSENT as Price);
  let findings = impossible | dayMoveFindings(tick.lastPrice, previousClose, rules.thresholds);
  const begins = !isLate && beginsSession(tick.eventTimeUs, stream, window, rules);
  if (isLate) findings |= LATE;
  else if (!begins)
    findings |= tickMoveFindings(tick.lastPrice, tick.eventTimeUs, stream.reference, rules.thresholds);
  if ((findings & REJECTS) !== 0) return verdictOf(findings);

  if (!isLate) {
    advanceVolumes(stream.volumes, tick.eventTimeUs);
    if (begins) forgetVolumes(stream.volumes);
    else findings |= volumeFindings(tick.volume, stream.volumes, rules.thresholds);
  }
  if (window.phase === null) findings |= OUTSIDE_SESSION | DEGRADES;
  if (isEmptySide(tick.bidPrice, tick.bidSize) || isEmptySide(tick.askPrice, tick.askSize))
    findings |= EMPTY_SIDE;
  findings |= gridFindings(tick.lastPrice, stream.instrument, window.day);

  const isAfterGap = !isLate && followsGap(tick, stream, window, rules);
  tick.bidPrice = bidPrice;
  tick.askPrice = askPrice;
  tick.seq = seq;
  tick.qualityFlag = worseFlag(
    tick.qualityFlag,
    isAfterGap ? "gap" : (findings & DEGRADES) !== 0 ? "degraded" : "normal",
  );
  rememberTick(stream.recent, tick, findings);
  if (!isLate) advance(stream, tick, begins, previousClose, window);
  return verdictOf(findings);
}

/** V-005, V-006, V-008, V-010. */
function rangeFindings(
  tick: Tick,
  bidPrice: Price,
  askPrice: Price,
  stream: TickStream,
  window: SessionWindow,
  rules: GateRules,
): Findings {
  const { thresholds } = rules;
  const aheadUs = tick.eventTimeUs - tick.receiveTimeUs;
  const mayCross = stream.trading === "interrupted" || (rules.market === "krx" && isAuction(window));
  return (
    (rules.live && aheadUs > thresholds.futureSeconds * SECOND_US ? FUTURE_EVENT | REJECTS : 0) |
    priceFindings(tick.lastPrice) |
    priceFindings(bidPrice) |
    priceFindings(askPrice) |
    amountFindings(tick.bidSize) |
    amountFindings(tick.askSize) |
    amountFindings(tick.volume) |
    amountFindings(tick.acmlVolume) |
    amountFindings(tick.acmlValue) |
    quoteFindings(bidPrice, askPrice, mayCross, thresholds) |
    hugeVolumeFindings(tick.volume, thresholds)
  );
}

/**
 * A trade with neither quotes nor a cumulative counter looks like the trade before it when both took the same
 * shares at the same price in one tick of the venue's clock; dropping one would lose volume.
 */
function mayBeAnotherTrade(tick: Tick): boolean {
  return (
    isAbsent(tick.seq) &&
    tick.volume > 0 &&
    isAbsent(tick.acmlVolume) &&
    isAbsent(tick.bidPrice) &&
    isAbsent(tick.askPrice)
  );
}

/** Gives a repeat the key and the flag of what it repeats, so that the store finds one record twice. */
function repeat(tick: Tick, stream: TickStream, row: number, isLate: boolean): Verdict {
  tick.bidPrice = quoteOrAbsent(tick.bidPrice, tick.bidSize);
  tick.askPrice = quoteOrAbsent(tick.askPrice, tick.askSize);
  tick.seq = seqOfRow(stream.recent, row);
  tick.qualityFlag = flagOfRow(stream.recent, row);
  return verdictOf(findingsOfRow(stream.recent, row) | (isLate ? LATE : 0));
}

function nextSeq(eventTimeUs: TimeUs, stream: TickStream): number {
  return eventTimeUs <= stream.lastEventUs ? nextSeqAt(stream.recent, eventTimeUs) : 0;
}

/** A new phase, a resumption after VI or halt, or (without a calendar) a long silence: what came before is no measure. */
function beginsSession(
  eventTimeUs: TimeUs,
  stream: TickStream,
  window: SessionWindow,
  rules: GateRules,
): boolean {
  if (stream.trading !== "open" || stream.lastEventUs < window.startUs) return true;
  const breakUs = rules.thresholds.sessionBreakSeconds * SECOND_US;
  return rules.market === "generic" && eventTimeUs - stream.lastEventUs >= breakUs;
}

/** Silent for longer than the rules allow while the session was continuous. */
function followsGap(tick: Tick, stream: TickStream, window: SessionWindow, rules: GateRules): boolean {
  const gapUs = rules.gapSeconds * SECOND_US;
  const silentUs = tick.eventTimeUs - stream.lastEventUs;
  if (!(silentUs > gapUs) || stream.trading !== "open") return false;
  if (rules.market === "generic") return silentUs < rules.thresholds.sessionBreakSeconds * SECOND_US;
  // A symbol that was not seen earlier in the day may have been added to the stream only now.
  if (kstDateOf(stream.lastEventUs) !== window.date) return false;
  return window.day !== null && continuousUs(window.day, stream.lastEventUs, tick.eventTimeUs) > gapUs;
}

function advance(
  stream: TickStream,
  tick: Tick,
  begins: boolean,
  previousClose: Price,
  window: SessionWindow,
): void {
  stream.lastEventUs = tick.eventTimeUs;
  if (stream.trading === "resuming") stream.trading = "open";
  if (begins) forgetPrice(stream.reference);
  notePrice(stream.reference, tick.lastPrice, tick.volume, tick.eventTimeUs);
  noteVolume(stream.volumes, tick.volume);
  openDate(stream.closes, window.date, previousClose);
  if (isRegular(window)) noteClose(stream.closes, window.date, tick.lastPrice);
}
