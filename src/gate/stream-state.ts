import type { Instrument } from "../market/index.ts";
import { ABSENT, type TimeUs } from "../record/index.ts";
import { type CloseTrack, newCloseTrack } from "./previous-close.ts";
import { newPriceReference, type PriceReference } from "./price-reference.ts";
import { cloneRecentTicks, newRecentTicks, type RecentTicks } from "./recent-ticks.ts";
import type { GateRules } from "./rules.ts";
import { NO_WINDOW, type SessionWindow, sessionWindowAt, UNBOUNDED, venueCode } from "./session-window.ts";
import { isLegalSymbol } from "./symbol-shape.ts";
import { cloneVolumeMean, newVolumeMean, type VolumeMean } from "./volume-mean.ts";

/** What one symbol's ticks so far leave behind for the next. Rejected ticks leave nothing. */
export interface TickStream {
  readonly instrument: Instrument | undefined;
  /** Latest event time; ABSENT before the first tick. */
  lastEventUs: TimeUs;
  /**
   * open         trading as the calendar says
   * interrupted  VI or halt: an auction, and silence is no gap
   * resuming     the interruption is over, its first tick has not come yet
   */
  trading: "open" | "interrupted" | "resuming";
  readonly reference: PriceReference;
  readonly volumes: VolumeMean;
  readonly recent: RecentTicks;
  readonly closes: CloseTrack;
}

/** What one symbol's bars so far leave behind for the next. */
export interface BarStream {
  readonly instrument: Instrument | undefined;
  lastBarUs: TimeUs;
  readonly closes: CloseTrack;
}

/**
 * The memory of one stream of records, owned and advanced by whoever feeds the gate. It starts empty and depends
 * on the records alone, so judging them again from the start gives every verdict and flag again.
 */
export interface StreamState {
  readonly ticks: Map<string, TickStream>;
  readonly bars: Map<string, BarStream>;
  /** The latest window per venue; a cache, it decides nothing. */
  readonly windows: { KRX: SessionWindow; NXT: SessionWindow };
}

export function newStreamState(): StreamState {
  return { ticks: new Map(), bars: new Map(), windows: { KRX: NO_WINDOW, NXT: NO_WINDOW } };
}

/** An independent copy: what is judged with one leaves the other as it was. */
export function cloneStreamState(state: StreamState): StreamState {
  const ticks = new Map<string, TickStream>();
  for (const [symbol, stream] of state.ticks) {
    ticks.set(symbol, {
      ...stream,
      reference: { ...stream.reference },
      volumes: cloneVolumeMean(stream.volumes),
      recent: cloneRecentTicks(stream.recent),
      closes: { ...stream.closes },
    });
  }
  const bars = new Map<string, BarStream>();
  for (const [symbol, stream] of state.bars) bars.set(symbol, { ...stream, closes: { ...stream.closes } });
  return { ticks, bars, windows: { ...state.windows } };
}

/** The symbol's stream, begun if need be; undefined when the symbol does not fit the market. */
export function tickStreamOf(state: StreamState, symbol: string, rules: GateRules): TickStream | undefined {
  const known = state.ticks.get(symbol);
  if (known !== undefined || !isLegalSymbol(symbol, rules.market)) return known;
  const begun: TickStream = {
    instrument: rules.instrumentOf(symbol),
    lastEventUs: ABSENT as TimeUs,
    trading: "open",
    reference: newPriceReference(),
    volumes: newVolumeMean(),
    recent: newRecentTicks(rules.rememberedTicks),
    closes: newCloseTrack(),
  };
  state.ticks.set(symbol, begun);
  return begun;
}

export function barStreamOf(state: StreamState, symbol: string, rules: GateRules): BarStream | undefined {
  const known = state.bars.get(symbol);
  if (known !== undefined || !isLegalSymbol(symbol, rules.market)) return known;
  const begun: BarStream = {
    instrument: rules.instrumentOf(symbol),
    lastBarUs: ABSENT as TimeUs,
    closes: newCloseTrack(),
  };
  state.bars.set(symbol, begun);
  return begun;
}

/** The session window an instant lies in. Records come nearly in order, so the latest window nearly always serves. */
export function windowAt(
  state: StreamState,
  timeUs: TimeUs,
  venue: string,
  market: GateRules["market"],
): SessionWindow {
  if (market === "generic") return UNBOUNDED;
  const code = venueCode(venue);
  const latest = state.windows[code];
  if (timeUs >= latest.startUs && timeUs < latest.endUs) return latest;
  const window = sessionWindowAt(timeUs, code);
  state.windows[code] = window;
  return window;
}
