import { expectedTenMinuteBars, type TradingDay } from "../market/index.ts";
import { formatKst, MINUTE_US, SECOND_US, type TimeUs } from "../record/index.ts";
import { BAR_FAULTS, type Fault } from "./fault.ts";
import { addLine, type FaultLine, planFaults } from "./fault-plan.ts";
import { gapOfBar, type SampleGap, sampleSession } from "./gap-plan.ts";
import { LineFile, type LineFileOptions, type LineFileSummary } from "./line-file.ts";
import { openStream } from "./random-stream.ts";
import { type BarMoment, barLine, type SampleShape } from "./sample-lines.ts";
import type { SymbolMarket } from "./symbol-market.ts";
import type { TenMinuteBar } from "./ten-minute-bar.ts";

const TEN_MINUTES_US = 10 * MINUTE_US;

/** What the bar files of all days share. */
export interface BarDays {
  days: readonly TradingDay[];
  markets: readonly SymbolMarket[];
  gaps: readonly SampleGap[];
  faults: ReadonlyMap<number, Fault>;
  faultLines: FaultLine[];
}

const slotStartUs = (day: TradingDay, slot: number) => (day.openUs + slot * TEN_MINUTES_US) as TimeUs;

/** The first half of the days is told by an older collector. */
const shapeOn = (dayIndex: number, days: number): SampleShape => (dayIndex < days / 2 ? "1.0" : "1.1");

/** Lines are numbered day by day, bar by bar, symbol by symbol, as if every day had the bars of the longest. */
const placeOf = (dayIndex: number, slot: number, symbolIndex: number, symbols: number): number =>
  (dayIndex * 39 + slot) * symbols + symbolIndex;

export function planBarFaults(
  seed: number,
  days: readonly TradingDay[],
  gaps: readonly SampleGap[],
  symbols: number,
): ReadonlyMap<number, Fault> {
  const places = placeOf(days.length, 0, 0, symbols);
  return planFaults(BAR_FAULTS, openStream(seed, 0, 3), places, (place) => {
    const slot = Math.floor(place / symbols) % 39;
    const dayIndex = Math.floor(place / symbols / 39);
    const day = days[dayIndex];
    const isThere =
      day !== undefined &&
      slot < expectedTenMinuteBars(day) &&
      gapOfBar(gaps, slotStartUs(day, slot)) === undefined;
    return isThere ? shapeOn(dayIndex, days.length) : null;
  });
}

/** A file a day; on the last day one for every collection cycle. The first has a byte order mark, the second CRLF. */
function fileFor(days: readonly TradingDay[], dayIndex: number, collectedAtUs: TimeUs): LineFileOptions {
  const collected = formatKst(collectedAtUs);
  const date = collected.slice(0, 10).replaceAll("-", "");
  const clock = collected.slice(11, 16).replace(":", "");
  if (dayIndex === days.length - 1) return { path: `swing/${date}_${clock}.jsonl` };
  if (dayIndex === 0) return { path: `swing/${date}.jsonl`, hasByteOrderMark: true };
  if (dayIndex === 1) return { path: `swing/${date}.jsonl`, lineEnd: "\r\n" };
  return { path: `swing/${date}.jsonl${shapeOn(dayIndex, days.length) === "1.1" ? ".gz" : ""}` };
}

/** v1.0 has no other time than the collection's, which must lie in the bar: five seconds before its end. */
function barMoment(day: TradingDay, slot: number, shape: SampleShape): BarMoment {
  const barTimeUs = slotStartUs(day, slot);
  const isLast = barTimeUs + TEN_MINUTES_US >= day.closeUs;
  // The closing print counts to the last bar up to a minute after the close, so that one may be collected late.
  const collectedAfterSeconds = shape === "1.1" || isLast ? 3 : -5;
  const collectedAtUs = (barTimeUs + TEN_MINUTES_US + collectedAfterSeconds * SECOND_US) as TimeUs;
  return { shape, barTimeUs, collectedAtUs, sessionId: sampleSession("swing", day.date) };
}

/** Writes one day of 10-minute bars; `barsOf[i]` are the bars of `markets[i]`. */
export async function writeBarFiles(
  root: string,
  { days, markets, gaps, faults, faultLines }: BarDays,
  dayIndex: number,
  barsOf: readonly (readonly TenMinuteBar[])[],
): Promise<LineFileSummary[]> {
  const written: LineFileSummary[] = [];
  const day = days[dayIndex];
  if (day === undefined) return written;
  const shape = shapeOn(dayIndex, days.length);
  let file: LineFile | undefined;
  try {
    for (let slot = 0; slot < expectedTenMinuteBars(day); slot++) {
      const moment = barMoment(day, slot, shape);
      const gap = gapOfBar(gaps, moment.barTimeUs);
      if (gap !== undefined) {
        gap.barsMissing += markets.length;
        continue;
      }
      const wanted = fileFor(days, dayIndex, moment.collectedAtUs);
      if (file !== undefined && file.path !== wanted.path) {
        written.push(await file.finish());
        file = undefined;
      }
      file ??= await LineFile.create(root, wanted);
      for (const [i, market] of markets.entries()) {
        const bar = barsOf[i]?.[slot];
        if (bar === undefined)
          throw new RangeError(`${market.listing.symbol} has no bar ${slot} on ${day.date}`);
        addLine(
          file,
          barLine(market, bar, moment),
          faults.get(placeOf(dayIndex, slot, i, markets.length)),
          faultLines,
        );
      }
      if (file.isFull) await file.flush();
    }
    if (file !== undefined) written.push(await file.finish());
  } catch (error) {
    await file?.abandon();
    throw error;
  }
  return written;
}
