import { describe, expect, test } from "vitest";
import { kst, sampleTick, won } from "../../test/sample-records.ts";
import { ABSENT, type Price, type QualityFlag, SECOND_US, type Tick, type TimeUs } from "../record/index.ts";
import {
  cloneStreamState,
  expandCodes,
  type GateRules,
  gateRules,
  interruptTrading,
  judgeTick,
  newStreamState,
  resumeTrading,
} from "./index.ts";

const krx = gateRules("krx");
const generic = gateRules("generic");
const start = kst("2026-01-22", "10:00:00");
const at = (seconds: number) => (start + Math.round(seconds * SECOND_US)) as TimeUs;

/** Judges ticks in order in a fresh state: `kind codes`, and the ticks as the gate left them. */
function judged(ticks: Partial<Tick>[], rules: GateRules = krx) {
  const state = newStreamState();
  return ticks.map((overrides) => {
    const tick = sampleTick(overrides);
    const verdict = judgeTick(tick, state, rules);
    return { text: [verdict.kind, ...expandCodes(verdict.codes)].join(" "), tick };
  });
}
const last = (ticks: Partial<Tick>[], rules: GateRules = krx): string =>
  judged(ticks, rules).at(-1)?.text ?? "";
const seqs = (ticks: Partial<Tick>[], rules: GateRules = krx) =>
  judged(ticks, rules).map(({ tick }) => tick.seq);
const flags = (ticks: Partial<Tick>[], rules: GateRules = krx) =>
  judged(ticks, rules).map(({ tick }) => tick.qualityFlag);

describe("a tick by itself", () => {
  const cases: [what: string, tick: Partial<Tick>, expected: string, rules?: GateRules][] = [
    ["an ordinary tick", {}, "accept"],
    ["5 s ahead of the receive clock", { receiveTimeUs: at(-5) }, "accept", gateRules("krx", { live: true })],
    [
      "a microsecond more",
      { receiveTimeUs: (at(-5) - 1) as TimeUs },
      "reject V-005",
      gateRules("krx", { live: true }),
    ],
    ["the same when back-filled", { receiveTimeUs: (at(-5) - 1) as TimeUs }, "accept"],
    ["live without a receive clock", {}, "accept", gateRules("krx", { live: true })],
    ["the smallest price", { lastPrice: 1 as Price }, "accept"],
    ["price 0", { lastPrice: 0 as Price }, "reject V-006"],
    ["a negative bid", { bidPrice: won(-1), askPrice: ABSENT as Price }, "reject V-006"],
    ["volume 0", { volume: 0 }, "accept"],
    ["volume -1", { volume: -1 }, "reject V-006"],
    ["a negative size", { askSize: -1 }, "reject V-006"],
    ["a negative cumulative volume", { acmlVolume: -1 }, "reject V-006"],
    [
      "only a trade",
      { bidPrice: ABSENT as Price, askPrice: ABSENT as Price, bidSize: ABSENT, askSize: ABSENT },
      "accept",
    ],
    ["only quotes", { lastPrice: ABSENT as Price, volume: ABSENT }, "accept"],
    ["an empty side", { askPrice: 0 as Price, askSize: 0 }, "accept G-007"],
    ["an empty side, sizes not sent", { askPrice: 0 as Price, askSize: ABSENT }, "accept G-007"],
    ["price 0 with a size", { askPrice: 0 as Price, askSize: 10, bidPrice: ABSENT as Price }, "reject V-006"],
    ["a locked book", { bidPrice: won(71_500), askPrice: won(71_500) }, "accept"],
    ["a crossed book", { bidPrice: won(71_501), askPrice: won(71_500) }, "reject V-008"],
    ["a spread of 10 % of the mid", { bidPrice: won(95), askPrice: won(105) }, "accept"],
    ["one beyond", { bidPrice: won(95), askPrice: won(105.0001) }, "degrade V-008"],
    ["a volume of a billion", { volume: 1e9 }, "accept"],
    ["one more", { volume: 1e9 + 1 }, "degrade V-010"],
    ["ten billion", { volume: 1e10 }, "degrade V-010"],
    ["one more than that", { volume: 1e10 + 1 }, "reject V-010"],
    ["a symbol with a letter", { symbol: "0001A0" }, "accept"],
    ["a foreign symbol", { symbol: "AAPL" }, "reject V-011"],
    ["a lower-case symbol", { symbol: "00593a" }, "reject V-011"],
    ["a foreign symbol in its market", { symbol: "BRK.B" }, "accept", generic],
    ["no symbol", { symbol: "" }, "reject V-011", generic],
    ["21 characters", { symbol: "A".repeat(21) }, "reject V-011", generic],
    ["a blank in the symbol", { symbol: "A B" }, "reject V-011", generic],
    ["the largest seq", { seq: 32_767 }, "accept"],
    ["a larger one", { seq: 32_768 }, "reject V-012"],
    ["a negative one", { seq: -1 }, "reject V-012"],
    ["two faults of range", { volume: -1, bidPrice: won(71_600) }, "reject V-006 V-008"],
    ["a Saturday", { eventTimeUs: kst("2026-01-24", "10:00:00") }, "degrade G-005"],
    ["a Saturday elsewhere", { eventTimeUs: kst("2026-01-24", "10:00:00") }, "accept", generic],
    ["before the calendar's years", { eventTimeUs: kst("1970-01-01", "09:00:00") }, "degrade G-005"],
    ["after the calendar's years", { eventTimeUs: kst("2099-01-05", "10:00:00") }, "degrade G-005"],
  ];
  test.each(cases)("%s", (_, tick, expected, rules) => {
    expect(last([tick], rules)).toBe(expected);
  });

  test("is left as it came when rejected, and leaves nothing behind", () => {
    const state = newStreamState();
    judgeTick(sampleTick(), state, krx);
    const before = cloneStreamState(state);
    const wrong = sampleTick({
      eventTimeUs: at(1),
      lastPrice: won(90_000),
      bidPrice: 0 as Price,
      bidSize: 0,
    });
    const asItCame = { ...wrong };
    expect(judgeTick(wrong, state, krx).kind).toBe("reject");
    expect(wrong).toEqual(asItCame);
    expect(state).toEqual(before);
  });

  test("loses the price of an empty side, not its size", () => {
    const tick = sampleTick({ askPrice: 0 as Price, askSize: 0 });
    judgeTick(tick, newStreamState(), krx);
    expect(tick).toMatchObject({ askPrice: ABSENT, askSize: 0, bidPrice: won(71_400) });
  });
});

describe("the calendar (G-005, auctions)", () => {
  const inSession: [string, string, string, string][] = [
    ["2026-01-22", "09:00:00", "", "accept"],
    ["2026-01-22", "15:30:29", "", "accept"],
    ["2026-01-22", "15:31:01", "", "degrade G-005"],
    ["2026-01-22", "07:59:59", "", "degrade G-005"],
    ["2026-01-22", "08:10:00", "NXT", "accept"],
    ["2026-01-22", "08:10:00", "", "degrade G-005"],
    ["2025-11-13", "16:00:00", "", "accept"],
    ["2026-01-02", "09:40:00", "", "accept"],
  ];
  test.each(inSession)("%s %s %s: %s", (date, clock, venue, expected) => {
    expect(last([{ eventTimeUs: kst(date, clock), venue }])).toBe(expected);
  });

  const crossed = { bidPrice: won(71_600), askPrice: won(71_500) };
  const mayCross: [string, string, string][] = [
    ["2026-01-22", "08:59:59.999999", "accept"],
    ["2026-01-22", "09:00:00", "reject V-008"],
    ["2026-01-22", "15:19:59", "reject V-008"],
    ["2026-01-22", "15:20:00", "accept"],
    ["2026-01-22", "15:30:10", "accept"],
    ["2025-11-13", "09:30:00", "accept"],
    ["2025-11-13", "15:30:00", "reject V-008"],
    ["2025-11-13", "16:25:00", "accept"],
    ["2026-01-02", "09:40:00", "accept"],
    ["2026-01-02", "10:00:00", "reject V-008"],
  ];
  test.each(mayCross)("crossed quotes on %s at %s: %s", (date, clock, expected) => {
    expect(last([{ eventTimeUs: kst(date, clock), ...crossed }])).toBe(expected);
  });

  test("nowhere else may quotes cross", () => {
    expect(last([crossed], generic)).toBe("reject V-008");
  });
});

describe("moves (G-001, G-002)", () => {
  const previousCloseOf = () => won(10_000);
  const dayMoves: [number, string][] = [
    [13_000, "accept"],
    [13_000.0001, "degrade G-001"],
    [7_000, "accept"],
    [6_999.9999, "degrade G-001"],
    [15_000, "degrade G-001"],
    [15_000.0001, "reject G-001"],
    [4_999.9999, "reject G-001"],
  ];
  const bare = { bidPrice: ABSENT as Price, askPrice: ABSENT as Price };
  test.each(dayMoves)("%d won after a close of 10,000: %s", (price, expected) => {
    expect(last([{ ...bare, lastPrice: won(price) }], gateRules("krx", { previousCloseOf }))).toBe(expected);
  });

  test("a first trading day or an ex-rights date is not compared", () => {
    const exempt = gateRules("krx", { previousCloseOf: () => ABSENT as Price });
    const yesterday = { eventTimeUs: kst("2026-01-21", "15:30:00"), lastPrice: won(10_000) };
    expect(last([yesterday, { lastPrice: won(20_000) }], exempt)).toBe("accept");
  });

  test("the close seen the trading day before serves, over a weekend too, but not an older one", () => {
    const close = { eventTimeUs: kst("2026-01-23", "15:30:10"), lastPrice: won(10_000) };
    const afterMarket = { eventTimeUs: kst("2026-01-23", "15:45:00"), lastPrice: won(10_900) };
    const monday = { eventTimeUs: kst("2026-01-26", "09:00:00"), lastPrice: won(13_500) };
    const tuesday = { eventTimeUs: kst("2026-01-27", "09:00:00"), lastPrice: won(13_500) };
    expect(last([close, afterMarket, monday])).toBe("degrade G-001");
    expect(last([close, tuesday])).toBe("accept");
  });

  test("a market without limits has no day moves", () => {
    const yesterday = { eventTimeUs: kst("2026-01-21", "15:30:00"), lastPrice: won(10_000) };
    expect(last([yesterday, { lastPrice: won(20_000) }], generic)).toBe("accept");
  });

  const tickMoves: [number, string][] = [
    [10_500, "accept"],
    [10_500.0001, "degrade G-002"],
    [9_500, "accept"],
    [9_499.9999, "degrade G-002"],
    [11_000, "degrade G-002"],
    [11_000.0001, "reject G-002"],
    [8_999.9999, "reject G-002"],
  ];
  test.each(tickMoves)("%d won a second after 10,000: %s", (price, expected) => {
    expect(
      last([
        { ...bare, lastPrice: won(10_000) },
        { ...bare, lastPrice: won(price), eventTimeUs: at(1) },
      ]),
    ).toBe(expected);
  });

  const tenThousand = { lastPrice: won(10_000) };
  const twelveThousand = { lastPrice: won(12_000) };
  test("a rejected price is no reference", () => {
    const ticks = [
      tenThousand,
      { ...twelveThousand, eventTimeUs: at(1) },
      { ...tenThousand, eventTimeUs: at(2) },
    ];
    expect(judged(ticks).map(({ text }) => text)).toEqual(["accept", "reject G-002", "accept"]);
  });

  test("a reference that has not traded for two minutes degrades instead of rejecting, and gives way", () => {
    const untraded = Array.from({ length: 12 }, (_, i) => ({
      ...tenThousand,
      eventTimeUs: at(10 * (i + 1)),
      volume: 0,
    }));
    const jump = { ...twelveThousand, eventTimeUs: at(120) };
    const after = { ...twelveThousand, eventTimeUs: at(121) };
    expect(last([tenThousand, ...untraded, jump])).toBe("reject G-002");
    expect(last([tenThousand, ...untraded, { ...jump, eventTimeUs: at(120.5) }])).toBe("degrade G-002");
    expect(last([tenThousand, ...untraded, { ...jump, eventTimeUs: at(120.5) }, after])).toBe("accept");
    const traded = untraded.map((tick) => ({ ...tick, volume: 1 }));
    expect(last([tenThousand, ...traded, { ...jump, eventTimeUs: at(120.5) }])).toBe("reject G-002");
  });

  test("a new phase resets the reference", () => {
    const continuous = { lastPrice: won(10_000), eventTimeUs: kst("2026-01-22", "15:19:59") };
    const print = { lastPrice: won(12_000), eventTimeUs: kst("2026-01-22", "15:30:05") };
    expect(last([continuous, { ...continuous, eventTimeUs: kst("2026-01-22", "15:29:59") }, print])).toBe(
      "accept",
    );
  });

  test("a long silence resets it where there is no calendar", () => {
    expect(last([tenThousand, { ...twelveThousand, eventTimeUs: at(1799) }], generic)).toBe("degrade G-002");
    expect(last([tenThousand, { ...twelveThousand, eventTimeUs: at(1800) }], generic)).toBe("accept");
  });

  test("a volatility interruption resets it, lets quotes cross and silence be", () => {
    const rules = gateRules("krx", { gapSeconds: 10 });
    const state = newStreamState();
    const say = (overrides: Partial<Tick>) => {
      const tick = sampleTick(overrides);
      return `${judgeTick(tick, state, rules).kind} ${tick.qualityFlag}`;
    };
    expect(say({})).toBe("accept normal");
    interruptTrading(state, "005930", rules);
    expect(say({ eventTimeUs: at(60), bidPrice: won(75_000), lastPrice: ABSENT as Price })).toBe(
      "accept normal",
    );
    resumeTrading(state, "005930");
    const after = { lastPrice: won(80_000), bidPrice: won(79_900), askPrice: won(80_000) };
    expect(say({ eventTimeUs: at(120), volume: 1e6, ...after })).toBe("accept normal");
    expect(say({ eventTimeUs: at(121) })).toBe("reject normal");
    expect(say({ eventTimeUs: at(131), ...after })).toBe("accept gap");
  });
});

describe("volume surge (G-003)", () => {
  const trades = (count: number, volume: number, stepSeconds: number) =>
    Array.from({ length: count }, (_, i) => ({ volume, eventTimeUs: at(i * stepSeconds) }));

  test("ten times the mean of five trades passes, more degrades, however much", () => {
    const calm = trades(5, 100, 1);
    expect(last([...calm, { volume: 1000, eventTimeUs: at(5) }])).toBe("accept");
    expect(last([...calm, { volume: 1001, eventTimeUs: at(5) }])).toBe("degrade G-003");
    expect(last([...calm, { volume: 100_000, eventTimeUs: at(5) }])).toBe("degrade G-003");
  });

  test("four trades are no mean, and samples without a trade do not lower it", () => {
    expect(last([...trades(4, 100, 1), { volume: 5000, eventTimeUs: at(5) }])).toBe("accept");
    const quiet = Array.from({ length: 100 }, (_, i) => ({ volume: 0, eventTimeUs: at(10 + i / 2) }));
    expect(last([...trades(5, 100, 1), ...quiet, { volume: 1000, eventTimeUs: at(70) }])).toBe("accept");
  });

  test("trades leave the mean after five minutes", () => {
    const calm = trades(5, 100, 1);
    expect(last([...calm, { volume: 1001, eventTimeUs: at(299) }])).toBe("degrade G-003");
    expect(last([...calm, { volume: 1001, eventTimeUs: at(300) }])).toBe("accept");
  });

  test("the closing print is not measured by the trades before the auction", () => {
    const ticks = Array.from({ length: 9 }, (_, i) => ({ eventTimeUs: kst("2026-01-22", `15:19:5${i}`) }));
    expect(last([...ticks, { volume: 1e6, eventTimeUs: kst("2026-01-22", "15:30:00") }])).toBe("accept");
  });
});

describe("order and keys (G-004, seq)", () => {
  const a = { volume: 1 };
  const b = { volume: 2 };
  const c = { volume: 3 };

  test("different ticks of one instant are numbered as they come", () => {
    expect(seqs([a, b, c, { ...a, eventTimeUs: at(1) }])).toEqual([0, 1, 2, 0]);
  });

  test("a seq that came with the record is kept, and counting goes on from it", () => {
    expect(seqs([{ ...a, seq: 7 }, b, { ...c, seq: 3 }, { volume: 4 }])).toEqual([7, 8, 3, 9]);
  });

  test("instants hold 32,768 ticks", () => {
    expect(last([{ ...a, seq: 32_767 }, b])).toBe("reject V-012");
  });

  test("a repeat gets the key of what it repeats, at once or late", () => {
    const ticks = [a, b, { ...c, eventTimeUs: at(1) }, b, a, { ...c, eventTimeUs: at(1) }];
    expect(judged(ticks).map(({ text, tick }) => `${text} ${tick.seq}`)).toEqual([
      "accept 0",
      "accept 1",
      "accept 0",
      "accept G-004 1",
      "accept G-004 0",
      "accept 0",
    ]);
  });

  test("a repeat gets the flag of what it repeats and counts in no mean", () => {
    const calm = Array.from({ length: 5 }, (_, i) => ({ volume: 100, eventTimeUs: at(i) }));
    const surge = { volume: 1001, eventTimeUs: at(5) };
    expect(flags([...calm, surge, surge, surge])).toEqual([
      ...Array(5).fill("normal"),
      ...Array(3).fill("degraded"),
    ]);
  });

  test("equal trades of one instant are two where nothing tells them apart, unless late", () => {
    const trade = { bidPrice: ABSENT as Price, askPrice: ABSENT as Price, bidSize: ABSENT, askSize: ABSENT };
    expect(seqs([trade, trade, trade])).toEqual([0, 1, 2]);
    expect(seqs([trade, trade, { ...trade, eventTimeUs: at(1) }, trade])).toEqual([0, 1, 0, 0]);
    expect(
      seqs([
        { ...trade, acmlVolume: 500 },
        { ...trade, acmlVolume: 500 },
      ]),
    ).toEqual([0, 0]);
    expect(
      seqs([
        { ...trade, acmlVolume: 500 },
        { ...trade, acmlVolume: 600 },
      ]),
    ).toEqual([0, 1]);
  });

  test("a different late tick gets the next seq of its instant", () => {
    expect(seqs([a, b, { ...a, eventTimeUs: at(1) }, c, { volume: 4, eventTimeUs: at(-1) }])).toEqual([
      0, 1, 0, 2, 0,
    ]);
  });

  test("the memory is bounded: beyond it an instant starts at 0 again", () => {
    const later = Array.from({ length: 3 }, (_, i) => ({ ...a, eventTimeUs: at(i + 1) }));
    expect(seqs([a, ...later, b], gateRules("krx", { rememberedTicks: 4 })).at(-1)).toBe(1);
    expect(seqs([a, ...later, b], gateRules("krx", { rememberedTicks: 3 })).at(-1)).toBe(0);
  });

  test("a stream read twice gets the same keys, with a memory of one tick", () => {
    const ticks = Array.from({ length: 40 }, (_, i) => ({
      volume: 1 + (i % 3),
      eventTimeUs: at(Math.floor(i / 3)),
    }));
    const rules = gateRules("krx", { rememberedTicks: 1 });
    const twice = seqs([...ticks, ...ticks], rules);
    expect(twice.slice(40)).toEqual(twice.slice(0, 40));
  });

  test("a late tick is no reference", () => {
    const ticks = [
      { lastPrice: won(10_000), eventTimeUs: at(2) },
      { lastPrice: won(11_500), eventTimeUs: at(1) },
      { lastPrice: won(10_000), eventTimeUs: at(3) },
    ];
    expect(judged(ticks).map(({ text }) => text)).toEqual(["accept", "accept G-004", "accept"]);
  });
});

describe("gaps and flags", () => {
  const rules = gateRules("krx", { gapSeconds: 10 });

  test("ten seconds of silence are none, more is a gap, once", () => {
    expect(
      flags([{}, { eventTimeUs: at(10) }, { eventTimeUs: at(20.5) }, { eventTimeUs: at(21) }], rules),
    ).toEqual(["normal", "normal", "gap", "normal"]);
    expect(flags([{}, { eventTimeUs: at(600) }])).toEqual(["normal", "normal"]);
  });

  const silences: [string, string, string, QualityFlag][] = [
    ["2026-01-22", "15:10:00", "15:25:00", "gap"],
    ["2026-01-22", "15:19:55", "15:30:00", "normal"],
    ["2026-01-22", "08:40:00", "08:59:00", "normal"],
    ["2026-01-22", "08:59:59", "09:00:10", "normal"],
    ["2026-01-22", "08:59:59", "09:00:11", "gap"],
    ["2025-11-13", "09:30:00", "10:00:05", "normal"],
    ["2026-01-02", "09:40:00", "10:00:05", "normal"],
  ];
  test.each(silences)("%s, silent from %s to %s: %s", (date, from, to, expected) => {
    const ticks = [{ eventTimeUs: kst(date, from) }, { eventTimeUs: kst(date, to) }];
    expect(flags(ticks, rules).at(-1)).toBe(expected);
  });

  test("a symbol not yet seen on the day may be new to the stream", () => {
    expect(flags([{ eventTimeUs: kst("2026-01-21", "15:30:00") }, {}], rules)).toEqual(["normal", "normal"]);
  });

  test("without a calendar a silence is a gap until it ends the session", () => {
    const calendarless = gateRules("generic", { gapSeconds: 10 });
    expect(flags([{}, { eventTimeUs: at(1799) }], calendarless).at(-1)).toBe("gap");
    expect(flags([{}, { eventTimeUs: at(1800) }], calendarless).at(-1)).toBe("normal");
  });

  test("gap outranks degraded, and no flag is ever bettered", () => {
    const wide = { bidPrice: won(50_000) };
    expect(flags([{}, { ...wide, eventTimeUs: at(11) }, { ...wide, eventTimeUs: at(12) }], rules)).toEqual([
      "normal",
      "gap",
      "degraded",
    ]);
    expect(flags([{ qualityFlag: "gap" }, { qualityFlag: "degraded", eventTimeUs: at(1) }])).toEqual([
      "gap",
      "degraded",
    ]);
    expect(flags([{ qualityFlag: "gap", ...wide }])).toEqual(["gap"]);
  });
});

describe("the tick grid (G-006)", () => {
  const stock = gateRules("krx", { instrumentOf: () => ({ market: "KOSPI", kind: "stock" }) });
  test("is counted, no more, and only where the instrument is known", () => {
    expect(last([{ lastPrice: won(71_450) }], stock)).toBe("accept G-006");
    expect(last([{ lastPrice: won(71_400) }], stock)).toBe("accept");
    expect(last([{ lastPrice: won(71_450) }])).toBe("accept");
  });
});
