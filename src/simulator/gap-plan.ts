import type { TradingDay } from "../market/index.ts";
import {
  type GapReason,
  type GapRecord,
  type GapScope,
  MINUTE_US,
  SECOND_US,
  type TimeUs,
  type TradeDate,
} from "../record/index.ts";

/** A stretch in which the sample really lacks records, and what it lacks. */
export interface SampleGap extends GapRecord {
  date: TradeDate;
  ticksMissing: number;
  /** Shares traded unseen: what the cumulative counters show and the ticks' volumes do not. */
  sharesMissing: number;
  barsMissing: number;
}

interface GapSketch {
  /** Since the open. */
  startSeconds: number;
  seconds: number;
  scope: GapScope;
  reason: GapReason;
  /** Index of the symbol among those with ticks; absent when all are concerned. */
  symbolIndex?: number;
}

/** Every length that counts: below 10 s, minor, major, critical; one symbol, one track, everything. */
const TICK_DAY_GAPS: readonly GapSketch[] = [
  { startSeconds: 1_680, seconds: 4, scope: "scalp", reason: "ws_disconnect" },
  { startSeconds: 4_470, seconds: 25, scope: "scalp", reason: "ws_timeout", symbolIndex: 1 },
  { startSeconds: 6_615, seconds: 95, scope: "scalp", reason: "ws_disconnect" },
  { startSeconds: 9_000, seconds: 690, scope: "all", reason: "system_error" },
  { startSeconds: 17_130, seconds: 390, scope: "scalp", reason: "slot_manager_error" },
];
const SWING_DAY_GAPS: readonly GapSketch[] = [
  { startSeconds: 3_000, seconds: 600, scope: "swing", reason: "rate_limit" },
  { startSeconds: 14_400, seconds: 1_200, scope: "swing", reason: "api_error" },
];

export const sampleSession = (track: "scalp" | "swing", date: TradeDate, part = 1): string =>
  `sample-${track}-${date.replaceAll("-", "")}-${part}`;

/** The gaps of a sample in time order: those of Track A on a day in the middle, the others on the day with ticks. */
export function planGaps(days: readonly TradingDay[], tickSymbols: readonly string[]): SampleGap[] {
  const sketchesOf = (index: number) => [
    ...(index === days.length >> 1 ? SWING_DAY_GAPS : []),
    ...(index === days.length - 1 ? TICK_DAY_GAPS : []),
  ];
  return days.flatMap((day, index) =>
    sketchesOf(index)
      .map(
        (sketch): SampleGap => ({
          date: day.date,
          gapStartUs: (day.openUs + sketch.startSeconds * SECOND_US) as TimeUs,
          gapEndUs: (day.openUs + (sketch.startSeconds + sketch.seconds) * SECOND_US) as TimeUs,
          gapSeconds: sketch.seconds,
          scope: sketch.scope,
          symbol: sketch.symbolIndex === undefined ? "" : (tickSymbols[sketch.symbolIndex] ?? ""),
          reason: sketch.reason,
          sessionId: sampleSession(sketch.scope === "swing" ? "swing" : "scalp", day.date),
          ticksMissing: 0,
          sharesMissing: 0,
          barsMissing: 0,
        }),
      )
      .sort((a, b) => a.gapStartUs - b.gapStartUs),
  );
}

/** The gap that swallows a symbol's tick, if any. */
export function gapOfTick(
  gaps: readonly SampleGap[],
  symbol: string,
  eventTimeUs: TimeUs,
): SampleGap | undefined {
  return gaps.find(
    (gap) =>
      gap.scope !== "swing" &&
      (gap.symbol === "" || gap.symbol === symbol) &&
      eventTimeUs >= gap.gapStartUs &&
      eventTimeUs < gap.gapEndUs,
  );
}

/** The gap that swallows the bars of ten minutes: those that lie in it whole. */
export function gapOfBar(gaps: readonly SampleGap[], barTimeUs: TimeUs): SampleGap | undefined {
  return gaps.find(
    (gap) =>
      gap.scope !== "scalp" && barTimeUs >= gap.gapStartUs && barTimeUs + 10 * MINUTE_US <= gap.gapEndUs,
  );
}
