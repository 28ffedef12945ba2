import { describe, expect, test } from "vitest";
import { kst, sampleBar, won } from "../../test/sample-records.ts";
import { tenMinuteSlotUs, tradingDay } from "../market/index.ts";
import { ABSENT, MINUTE_US, type Price, type SwingBar, type TimeUs, tradeDate } from "../record/index.ts";
import {
  cloneStreamState,
  expandCodes,
  type GateRules,
  gateRules,
  judgeBar,
  newStreamState,
} from "./index.ts";

const krx = gateRules("krx");
const oneMinute = gateRules("krx", { barSeconds: 60 });
const oneDay = gateRules("krx", { barSeconds: 86_400 });
const generic = gateRules("generic");

function last(bars: Partial<SwingBar>[], rules: GateRules = krx): string {
  const state = newStreamState();
  const verdicts = bars.map((overrides) => judgeBar(sampleBar(overrides), state, rules));
  return verdicts
    .slice(-1)
    .map((verdict) => [verdict.kind, ...expandCodes(verdict.codes)].join(" "))
    .join();
}
const flat = (price: number) => ({ open: won(price), high: won(price), low: won(price), close: won(price) });

describe("a bar by itself", () => {
  const cases: [what: string, bar: Partial<SwingBar>, expected: string, rules?: GateRules][] = [
    ["an ordinary bar", {}, "accept"],
    ["all prices equal", flat(71_500), "accept"],
    ["high below the close", { high: won(71_499) }, "reject V-007"],
    ["low above the open", { low: won(71_001) }, "reject V-007"],
    ["price 0", { low: 0 as Price }, "reject V-006"],
    ["volume 0", { volume: 0 }, "accept"],
    ["volume -1", { volume: -1 }, "reject V-006"],
    ["a negative value", { value: -1 }, "reject V-006"],
    ["no quotes", { bidPrice: ABSENT as Price, askPrice: ABSENT as Price }, "accept"],
    ["an empty side", { bidPrice: 0 as Price }, "accept G-007"],
    ["a locked book", { bidPrice: won(71_500) }, "accept"],
    ["a crossed book", { bidPrice: won(71_600) }, "reject V-008"],
    ["a wide spread", { bidPrice: won(60_000) }, "degrade V-008"],
    [
      "a crossed book in the closing auction",
      { bidPrice: won(71_600), collectedAtUs: kst("2026-01-22", "15:25:00") },
      "accept",
    ],
    [
      "a crossed book as the day closed",
      { bidPrice: won(71_600), barTimeUs: kst("2026-01-22", "15:20:00") },
      "accept",
    ],
    ["a billion shares", { volume: 1e9 }, "accept"],
    ["more", { volume: 1e9 + 1 }, "degrade V-010"],
    ["more than ten billion", { volume: 1e10 + 1 }, "reject V-010"],
    ["a foreign symbol", { symbol: "INFY" }, "reject V-011"],
    ["a foreign symbol in its market", { symbol: "INFY" }, "accept", generic],
    [
      "off the grid of ticks",
      { close: won(71_450) },
      "accept G-006",
      gateRules("krx", { instrumentOf: () => ({ market: "KOSDAQ", kind: "stock" }) }),
    ],
  ];
  test.each(cases)("%s", (_, bar, expected, rules) => {
    expect(last([bar], rules)).toBe(expected);
  });

  test("is left as it came when rejected, and leaves nothing behind", () => {
    const state = newStreamState();
    judgeBar(sampleBar(), state, krx);
    const before = cloneStreamState(state);
    const wrong = sampleBar({ barTimeUs: kst("2026-01-23", "09:00:00"), volume: -1, bidPrice: 0 as Price });
    const asItCame = { ...wrong };
    expect(judgeBar(wrong, state, krx).kind).toBe("reject");
    expect(wrong).toEqual(asItCame);
    expect(before.bars).toEqual(state.bars);
  });

  test("carries the worse of its own flag and the verdict's", () => {
    const wide = sampleBar({ bidPrice: won(60_000) });
    judgeBar(wide, newStreamState(), krx);
    expect(wide.qualityFlag).toBe("degraded");
    const gap = sampleBar({ bidPrice: won(60_000), qualityFlag: "gap" });
    judgeBar(gap, newStreamState(), krx);
    expect(gap.qualityFlag).toBe("gap");
  });
});

describe("the slots of a session (G-005)", () => {
  const slots: [string, string, string, string, GateRules][] = [
    ["2026-01-22", "09:00:00", "", "accept", krx],
    ["2026-01-22", "08:50:00", "", "degrade G-005", krx],
    ["2026-01-22", "09:05:00", "", "degrade G-005", krx],
    ["2026-01-22", "15:20:00", "", "accept", krx],
    ["2026-01-22", "15:30:00", "", "degrade G-005", krx],
    ["2026-01-22", "15:30:00", "", "accept", oneMinute],
    ["2026-01-22", "15:31:00", "", "degrade G-005", oneMinute],
    ["2026-01-22", "09:00:30", "", "degrade G-005", oneMinute],
    ["2026-01-22", "00:00:00", "", "accept", oneDay],
    ["2026-01-22", "09:00:00", "", "degrade G-005", oneDay],
    ["2026-01-24", "00:00:00", "", "degrade G-005", oneDay],
    ["2026-01-22", "09:00:00", "NXT", "accept", krx],
    ["2026-01-24", "10:00:00", "", "degrade G-005", krx],
    ["1970-01-01", "10:00:00", "", "degrade G-005", krx],
    ["2025-11-13", "09:50:00", "", "degrade G-005", krx],
    ["2025-11-13", "16:20:00", "", "accept", krx],
    ["2026-01-02", "09:00:00", "", "degrade G-005", krx],
    ["2026-01-02", "10:00:00", "", "accept", krx],
    ["2026-01-24", "10:00:01", "", "accept", generic],
  ];
  test.each(slots)("%s %s %s: %s", (date, clock, venue, expected, rules) => {
    expect(last([{ barTimeUs: kst(date, clock), venue }], rules)).toBe(expected);
  });

  test.each(["2026-01-22", "2025-11-13", "2026-01-02"])("on %s are those of the rule book", (text) => {
    const day = tradingDay(tradeDate(text));
    if (day === null) throw new Error(`${text} is a trading day`);
    for (let minute = 0; minute < 24 * 60; minute += 5) {
      const barTimeUs = (kst(text, "00:00:00") + minute * MINUTE_US) as TimeUs;
      const isSlot = tenMinuteSlotUs(day, barTimeUs) === barTimeUs;
      expect([minute, last([{ barTimeUs }])]).toEqual([minute, isSlot ? "accept" : "degrade G-005"]);
    }
  });
});

describe("moves against the previous close (G-001)", () => {
  const known = gateRules("krx", { previousCloseOf: () => won(10_000) });
  const quotes = { bidPrice: ABSENT as Price, askPrice: ABSENT as Price };
  const moves: [Partial<SwingBar>, string][] = [
    [flat(13_000), "accept"],
    [{ ...flat(12_000), high: won(13_001) }, "degrade G-001"],
    [{ ...flat(12_000), low: won(6_999) }, "degrade G-001"],
    [{ ...flat(12_000), high: won(15_000) }, "degrade G-001"],
    [{ ...flat(12_000), high: won(15_001) }, "reject G-001"],
    [{ ...flat(12_000), low: won(4_999) }, "reject G-001"],
  ];
  test.each(moves)("%o: %s", (bar, expected) => {
    expect(last([{ ...bar, ...quotes }], known)).toBe(expected);
  });

  test("the latest bar of the trading day before gives the close, in whatever order its bars came", () => {
    const close = { ...flat(10_000), ...quotes, barTimeUs: kst("2026-01-23", "15:20:00") };
    const earlier = { ...flat(12_000), ...quotes, barTimeUs: kst("2026-01-23", "15:10:00") };
    const monday = { ...flat(13_500), ...quotes, barTimeUs: kst("2026-01-26", "09:00:00") };
    const tuesday = { ...monday, barTimeUs: kst("2026-01-27", "09:00:00") };
    expect(last([close, earlier, monday])).toBe("degrade G-001");
    expect(last([close, earlier, tuesday])).toBe("accept");
    expect(last([close, monday, { ...monday, barTimeUs: kst("2026-01-26", "09:10:00") }])).toBe(
      "degrade G-001",
    );
  });
});
