import type { Instrument } from "../market/index.ts";
import type { Price, TradeDate } from "../record/index.ts";

/** Every limit is exclusive: a value exactly on it passes. Moves and spreads are fractions (0.05 = 5 %). */
export interface GateThresholds {
  /** V-005: how far an event may lie ahead of the receive clock. */
  futureSeconds: number;
  /** V-008: spread as a fraction of the mid. */
  spreadDegrade: number;
  /** V-010: shares. */
  volumeDegrade: number;
  volumeReject: number;
  /** G-001: against the previous session's close. */
  dayMoveDegrade: number;
  dayMoveReject: number;
  /** G-002: against the last price of the session. */
  tickMoveDegrade: number;
  tickMoveReject: number;
  /** G-002: a reference older than this can degrade but no longer reject; two minutes is a VI auction. */
  tickMoveFreshSeconds: number;
  /** G-003: multiple of the mean volume of the trades of the last five minutes. */
  volumeSurge: number;
  /** G-003: trades the mean must rest on. */
  volumeSurgeTrades: number;
  /** Market "generic" has no calendar: silence this long ends a session. */
  sessionBreakSeconds: number;
}

export interface GateRules {
  /** krx: dated calendar, tick grid, Korean symbols. generic: any legal symbol, none of these. */
  readonly market: "krx" | "generic";
  /** Judge events against the record's receive clock (V-005). */
  readonly live: boolean;
  /** Silence of a symbol that makes its next tick the first after a gap; Infinity where silence is no evidence. */
  readonly gapSeconds: number;
  /** Width of the bars judged. */
  readonly barSeconds: number;
  /** How many of a symbol's latest ticks are remembered to order late ones and to recognise repeats. */
  readonly rememberedTicks: number;
  /** undefined: not known, G-006 is skipped. */
  readonly instrumentOf: (symbol: string) => Instrument | undefined;
  /**
   * The close G-001 measures a date's prices against. ABSENT: the date cannot be compared (first trading day,
   * ex-rights). undefined: not known, the close seen in the stream on the trading day before serves.
   */
  readonly previousCloseOf: (symbol: string, date: TradeDate) => Price | undefined;
  readonly thresholds: Readonly<GateThresholds>;
}

export interface GateOptions extends Partial<Omit<GateRules, "market" | "thresholds">> {
  thresholds?: Partial<GateThresholds>;
}

const THRESHOLDS: GateThresholds = {
  futureSeconds: 5,
  spreadDegrade: 0.1,
  volumeDegrade: 1e9,
  volumeReject: 1e10,
  dayMoveDegrade: 0.3,
  dayMoveReject: 0.5,
  tickMoveDegrade: 0.05,
  tickMoveReject: 0.1,
  tickMoveFreshSeconds: 120,
  volumeSurge: 10,
  volumeSurgeTrades: 5,
  sessionBreakSeconds: 1800,
};

const unknown = () => undefined;

/** The rules of a market, everything not given at its default. */
export function gateRules(market: GateRules["market"], options: GateOptions = {}): GateRules {
  return {
    market,
    live: options.live ?? false,
    gapSeconds: options.gapSeconds ?? Number.POSITIVE_INFINITY,
    barSeconds: options.barSeconds ?? 600,
    rememberedTicks: options.rememberedTicks ?? 64,
    instrumentOf: options.instrumentOf ?? unknown,
    previousCloseOf: options.previousCloseOf ?? unknown,
    thresholds: { ...THRESHOLDS, ...options.thresholds },
  };
}
