import {
  ABSENT,
  kstMidnightUs,
  type Price,
  SECOND_US,
  type SwingBar,
  type Tick,
  type TimeUs,
  tradeDate,
} from "../src/record/index.ts";

/** `HH:MM:SS[.ffffff]` on a date, Korean time. */
export function kst(date: string, clock: string): TimeUs {
  const [hours = 0, minutes = 0, seconds = 0] = clock.split(":").map(Number);
  return (kstMidnightUs(tradeDate(date)) +
    Math.round((hours * 3600 + minutes * 60 + seconds) * SECOND_US)) as TimeUs;
}

/** Whole or decimal won. */
export const won = (amount: number): Price => Math.round(amount * 10_000) as Price;

/** An ordinary half-second sample of 005930; what a test is about, it overrides. */
export function sampleTick(overrides: Partial<Tick> = {}): Tick {
  return {
    symbol: "005930",
    eventTimeUs: kst("2026-01-22", "10:00:00"),
    seq: ABSENT,
    bidPrice: won(71_400),
    askPrice: won(71_500),
    lastPrice: won(71_500),
    bidSize: 1200,
    askSize: 900,
    volume: 100,
    acmlVolume: ABSENT,
    acmlValue: ABSENT,
    venue: "",
    sessionId: "s1",
    schemaVersion: "1.0",
    receiveTimeUs: ABSENT as TimeUs,
    mitigationLevel: 0,
    qualityFlag: "normal",
    ...overrides,
  };
}

/** An ordinary ten-minute bar of 005930. */
export function sampleBar(overrides: Partial<SwingBar> = {}): SwingBar {
  return {
    symbol: "005930",
    barTimeUs: kst("2026-01-22", "10:00:00"),
    collectedAtUs: ABSENT as TimeUs,
    open: won(71_000),
    high: won(71_600),
    low: won(70_900),
    close: won(71_500),
    volume: 120_000,
    value: ABSENT,
    bidPrice: won(71_400),
    askPrice: won(71_500),
    venue: "",
    sessionId: "s1",
    schemaVersion: "1.0",
    mitigationLevel: 0,
    qualityFlag: "normal",
    ...overrides,
  };
}
