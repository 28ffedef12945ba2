import { isAbsent, kstDateOf, MINUTE_US, type Tick, type TimeUs } from "../src/record/index.ts";

/** A 1-minute bar as the table shows it: money as decimal text. */
export interface TwinBar {
  symbol: string;
  bar_time: TimeUs;
  open: string;
  high: string;
  low: string;
  close: string;
  volume: number | null;
  value: string | null;
  vwap: string | null;
  bid_price_avg: string | null;
  ask_price_avg: string | null;
  tick_count: number;
  coverage_ratio: number;
  volume_capture: number | null;
  session_id: string;
  mitigation_level: number;
  quality_flag: string;
}

const scaled = (price: number) => BigInt(price);

/** Rounds the quotient half away from zero; both are ≥ 0 here. */
const rounded = (dividend: bigint, divisor: bigint) => (2n * dividend + divisor) / (2n * divisor);

/** Ten-thousandths to the text of a NUMERIC with four decimals. */
function decimal(tenThousandths: bigint): string {
  const digits = tenThousandths.toString().padStart(5, "0");
  return `${digits.slice(0, -4)}.${digits.slice(-4)}`;
}

function mean(prices: number[]): string | null {
  const known = prices.filter((price) => !isAbsent(price));
  if (known.length === 0) return null;
  return decimal(
    rounded(
      known.map(scaled).reduce((a, b) => a + b, 0n),
      BigInt(known.length),
    ),
  );
}

function sum(values: bigint[]): bigint {
  return values.reduce((a, b) => a + b, 0n);
}

/** What a minute's bar means, step by step. `ticks` are all of the symbol, in order of (event time, seq). */
export function twinBar(
  ticks: readonly Tick[],
  barTimeUs: number,
  expectedTicks: (mitigationLevel: number) => number,
): TwinBar | null {
  const own = ticks.filter((t) => t.eventTimeUs >= barTimeUs && t.eventTimeUs < barTimeUs + MINUTE_US);
  const priced = own.filter((t) => !isAbsent(t.lastPrice));
  const [first] = priced;
  const last = priced.at(-1);
  if (first === undefined || last === undefined) return null;
  const prices = priced.map((t) => t.lastPrice as number);
  const high = Math.max(...prices);
  const low = Math.min(...prices);
  const voluminous = own.filter((t) => !isAbsent(t.volume));
  const captured = voluminous.length === 0 ? null : sum(voluminous.map((t) => BigInt(t.volume)));
  const both = priced.filter((t) => !isAbsent(t.volume));
  const pricedVolume = sum(both.map((t) => BigInt(t.volume)));
  const pricedValue = both.length === 0 ? null : sum(both.map((t) => scaled(t.lastPrice) * BigInt(t.volume)));

  const counted = countedIn(ticks, own, barTimeUs, captured);
  let trueValue: bigint | null = null;
  if (counted !== null && counted.value !== null) {
    const { volume, value } = counted;
    const won = value * 10_000n;
    if (volume === 0n && value === 0n) trueValue = 0n;
    if (volume > 0n && 2n * won >= scaled(low) * volume && won <= 2n * scaled(high) * volume) trueValue = won;
  }
  const volume = counted?.volume ?? captured;
  const value = trueValue ?? pricedValue;
  let vwap: bigint | null = null;
  if (counted !== null && counted.volume > 0n && trueValue !== null)
    vwap = rounded(trueValue, counted.volume);
  else if (pricedValue !== null && pricedVolume > 0n) vwap = rounded(pricedValue, pricedVolume);

  const mitigationLevel = Math.max(...own.map((t) => t.mitigationLevel));
  const coverage = Math.min(1, own.length / expectedTicks(mitigationLevel));
  return {
    symbol: first.symbol,
    bar_time: barTimeUs as TimeUs,
    open: decimal(scaled(first.lastPrice)),
    high: decimal(scaled(high)),
    low: decimal(scaled(low)),
    close: decimal(scaled(last.lastPrice)),
    volume: volume === null ? null : Number(volume),
    value: value === null ? null : decimal(value),
    vwap: vwap === null ? null : decimal(vwap),
    bid_price_avg: mean(own.map((t) => t.bidPrice)),
    ask_price_avg: mean(own.map((t) => t.askPrice)),
    tick_count: own.length,
    coverage_ratio: coverage,
    volume_capture:
      counted === null || counted.volume === 0n || captured === null
        ? null
        : Number(captured) / Number(counted.volume),
    session_id: busiestSession(own),
    mitigation_level: mitigationLevel,
    quality_flag: coverage >= 0.7 ? "normal" : coverage >= 0.5 ? "degraded" : "gap",
  };
}

/** What the venue's counters say was traded in the minute; null when they cannot say. */
function countedIn(ticks: readonly Tick[], own: readonly Tick[], barTimeUs: number, captured: bigint | null) {
  const end = own.filter((t) => !isAbsent(t.acmlVolume)).at(-1);
  const date = kstDateOf(barTimeUs as TimeUs);
  const base = ticks
    .filter((t) => t.eventTimeUs < barTimeUs && kstDateOf(t.eventTimeUs) === date && !isAbsent(t.acmlVolume))
    .at(-1);
  if (end === undefined || base === undefined) return null;
  const volume = BigInt(end.acmlVolume) - BigInt(base.acmlVolume);
  const isStale = base.eventTimeUs < barTimeUs - MINUTE_US;
  if (volume < 0n || (volume === 0n && captured !== null && captured > 0n)) return null;
  if (isStale && volume !== captured) return null;
  const hasValue = !isAbsent(end.acmlValue) && !isAbsent(base.acmlValue);
  return { volume, value: hasValue ? BigInt(end.acmlValue) - BigInt(base.acmlValue) : null };
}

function busiestSession(own: readonly Tick[]): string {
  const ticksOf = new Map<string, number>();
  for (const { sessionId } of own) ticksOf.set(sessionId, (ticksOf.get(sessionId) ?? 0) + 1);
  const [busiest] = [...ticksOf].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
  return busiest?.[0] ?? "";
}
