import type { TradingDay } from "../market/index.ts";
import { formatKst, SECOND_US, type TimeUs } from "../record/index.ts";
import { TICK_FAULTS } from "./fault.ts";
import { addLine, type FaultLine, planFaults } from "./fault-plan.ts";
import { gapOfTick, type SampleGap, sampleSession } from "./gap-plan.ts";
import { LineFile, type LineFileSummary } from "./line-file.ts";
import { openStream } from "./random-stream.ts";
import { type SampleShape, tickLine, tickMoment } from "./sample-lines.ts";
import { simulateHalfSeconds } from "./simulated-day.ts";
import type { SymbolMarket } from "./symbol-market.ts";
import type { TenMinuteBar } from "./ten-minute-bar.ts";

const HALF_SECOND_US = SECOND_US / 2;
const HALF_HOUR = 3_600;
/** The first hour of the day is told by an older collector. */
const V1_0_HALF_SECONDS = 2 * HALF_HOUR;

const shapeAt = (halfSecond: number): SampleShape => (halfSecond < V1_0_HALF_SECONDS ? "1.0" : "1.1");

/** Half-hourly files in v1.0, hourly ones in v1.1; the first and the last hour's are not compressed. */
function pathAt(day: TradingDay, halfSecond: number): string {
  const startUs = day.openUs + Math.floor(halfSecond / HALF_HOUR) * HALF_HOUR * HALF_SECOND_US;
  const hour = (timeUs: number) => formatKst(timeUs as TimeUs).slice(11, 13);
  const minute = formatKst(startUs as TimeUs).slice(14, 16);
  const date = day.date.replaceAll("-", "");
  if (shapeAt(halfSecond) === "1.0")
    return `scalp/${date}_${hour(startUs)}${minute}.jsonl${halfSecond < HALF_HOUR ? "" : ".gz"}`;
  return `scalp/${date}_${hour(startUs)}.jsonl${hour(startUs) === hour(day.closeUs) ? "" : ".gz"}`;
}

export interface TickDay {
  seed: number;
  day: TradingDay;
  markets: readonly SymbolMarket[];
  /** Filled in with what each gap swallows. */
  gaps: readonly SampleGap[];
  /** Filled with the bars of the day, one list for each market. */
  barsOf: readonly TenMinuteBar[][];
  /** Filled with the places of the faulty lines. */
  faultLines: FaultLine[];
}

/** Faults stand among continuous trading, where every rule of the gate is in force, and never in a gap. */
function planTickFaults({ seed, day, markets, gaps }: TickDay) {
  const continuousHalfSeconds = (day.continuousEndUs - day.openUs) / HALF_SECOND_US;
  return planFaults(TICK_FAULTS, openStream(seed, 0, 1), continuousHalfSeconds * markets.length, (place) => {
    const halfSecond = Math.floor(place / markets.length);
    const eventTimeUs = (day.openUs + halfSecond * HALF_SECOND_US) as TimeUs;
    const symbol = markets[place % markets.length]?.listing.symbol ?? "";
    const isMissing = halfSecond === 0 || gapOfTick(gaps, symbol, eventTimeUs) !== undefined;
    return isMissing ? null : shapeAt(halfSecond);
  });
}

/** Samples a day of ticks at 2 Hz into files, as a collector would have written them. */
export async function writeTickFiles(root: string, tickDay: TickDay): Promise<LineFileSummary[]> {
  const { seed, day, markets, gaps, barsOf, faultLines } = tickDay;
  const faults = planTickFaults(tickDay);
  const clock = openStream(seed, 0, 2);
  const restartUs = gaps.find((gap) => gap.scope === "all" && gap.date === day.date)?.gapEndUs ?? day.closeUs;
  const isAfterGap = new Uint8Array(markets.length);
  const written: LineFileSummary[] = [];
  let file = await LineFile.create(root, { path: pathAt(day, 0) });
  try {
    for (const halfSecond of simulateHalfSeconds(markets, day, barsOf)) {
      if (halfSecond % HALF_HOUR === 0 && pathAt(day, halfSecond) !== file.path) {
        written.push(await file.finish());
        file = await LineFile.create(root, { path: pathAt(day, halfSecond) });
      }
      const eventTimeUs = (day.openUs + halfSecond * HALF_SECOND_US + (1 + clock.below(12)) * 1000) as TimeUs;
      const receiveTimeUs = (eventTimeUs + (2 + clock.below(30)) * 1000) as TimeUs;
      const sessionId = sampleSession("scalp", day.date, eventTimeUs < restartUs ? 1 : 2);
      const moment = tickMoment(shapeAt(halfSecond), eventTimeUs, receiveTimeUs, sessionId);
      for (let i = 0; i < markets.length; i++) {
        const market = markets[i]!;
        const gap = gapOfTick(gaps, market.listing.symbol, eventTimeUs);
        if (gap !== undefined) {
          gap.ticksMissing++;
          gap.sharesMissing += market.volume;
          isAfterGap[i] = 1;
          continue;
        }
        const line = tickLine(market, moment, isAfterGap[i] === 1 ? "gap" : "normal");
        isAfterGap[i] = 0;
        addLine(file, line, faults.get(halfSecond * markets.length + i), faultLines);
      }
      if (file.isFull) await file.flush();
    }
    written.push(await file.finish());
  } catch (error) {
    await file.abandon();
    throw error;
  }
  return written;
}
