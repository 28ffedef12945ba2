import * as fc from "fast-check";
import { expect, test } from "vitest";
import { kst, sampleTick, won } from "../../test/sample-records.ts";
import { phaseAt, previousTradingDate, tradingDay } from "../market/index.ts";
import {
  ABSENT,
  isAbsent,
  kstDateOf,
  MINUTE_US,
  type Price,
  type QualityFlag,
  SECOND_US,
  type Tick,
  type TimeUs,
} from "../record/index.ts";
import {
  cloneStreamState,
  expandCodes,
  type GateCode,
  type GateRules,
  gateRules,
  interruptTrading,
  judgeTick,
  newStreamState,
  resumeTrading,
  type StreamState,
} from "./index.ts";

/** One thing that happens to a stream. */
type Happening = { what: "tick"; tick: Tick } | { what: "interrupt" | "resume"; symbol: string };
/** What is seen of one tick: verdict, codes, and the tick as the gate left it. */
interface Seen {
  kind: string;
  codes: GateCode[];
  tick: Tick;
}

/** What the naive gate keeps of a stored tick. */
interface Kept {
  tick: Tick;
  codes: GateCode[];
  degraded: boolean;
  late: boolean;
  begins: boolean;
}

const copyOf = (happening: Happening): Happening =>
  happening.what === "tick" ? { what: "tick", tick: { ...happening.tick } } : happening;

function feed(happenings: Happening[], state: StreamState, rules: GateRules): Seen[] {
  const seen: Seen[] = [];
  for (const happening of happenings.map(copyOf)) {
    if (happening.what === "tick") {
      const verdict = judgeTick(happening.tick, state, rules);
      seen.push({ kind: verdict.kind, codes: expandCodes(verdict.codes).sort(), tick: happening.tick });
    } else if (happening.what === "interrupt") interruptTrading(state, happening.symbol, rules);
    else resumeTrading(state, happening.symbol);
  }
  return seen;
}

const dayOf = (timeUs: TimeUs, venue: string) =>
  tradingDay(kstDateOf(timeUs), venue === "NXT" ? "NXT" : "KRX");
const phaseOf = (timeUs: TimeUs, venue: string) => {
  const day = dayOf(timeUs, venue);
  return day === null ? undefined : phaseAt(day, timeUs)?.name;
};

/** Whether the venue's session changed in (fromUs, toUs]. */
function sessionChanged(fromUs: TimeUs, toUs: TimeUs, venue: string): boolean {
  if (kstDateOf(fromUs) !== kstDateOf(toUs)) return true;
  const day = dayOf(toUs, venue);
  if (day === null) return false;
  const edges = day.phases.flatMap(({ startUs, endUs }) => [startUs, endUs]);
  edges.push(day.closeUs, (day.closeUs + MINUTE_US + 1) as TimeUs);
  return edges.some((edgeUs) => fromUs < edgeUs && edgeUs <= toUs);
}

const FIELDS = [
  "eventTimeUs",
  "bidPrice",
  "askPrice",
  "lastPrice",
  "bidSize",
  "askSize",
  "volume",
  "acmlVolume",
  "acmlValue",
  "receiveTimeUs",
  "venue",
] as const;

/** The whole gate for ticks of the Korean market again, from the full history of each symbol, nothing maintained. */
function naiveGate(happenings: Happening[], rules: GateRules): Seen[] {
  const limits = rules.thresholds;
  const histories = new Map<string, Kept[]>();
  const trading = new Map<string, string>();
  const seen: Seen[] = [];

  const judge = (tick: Tick): Seen => {
    const rejected = (codes: GateCode[]): Seen => ({ kind: "reject", codes: codes.sort(), tick });
    if (!/^[0-9A-Z]{6}$/.test(tick.symbol)) return rejected(["V-011"]);
    const history = histories.get(tick.symbol) ?? [];
    histories.set(tick.symbol, history);
    const status = trading.get(tick.symbol) ?? "open";
    const timeUs = tick.eventTimeUs;
    const phase = phaseOf(timeUs, tick.venue);
    const codes = new Set<GateCode>();
    let [rejects, degrades] = [false, false];
    const reject = (code: GateCode) => {
      codes.add(code);
      rejects = true;
    };
    const degrade = (code: GateCode) => {
      codes.add(code);
      degrades = true;
    };

    const stored = { ...tick };
    if (stored.bidPrice === 0 && !(stored.bidSize !== 0 && !isAbsent(stored.bidSize)))
      stored.bidPrice = ABSENT as Price;
    if (stored.askPrice === 0 && !(stored.askSize !== 0 && !isAbsent(stored.askSize)))
      stored.askPrice = ABSENT as Price;
    const empty =
      Number.isNaN(stored.bidPrice - stored.askPrice) && !Number.isNaN(tick.bidPrice - tick.askPrice);

    if (rules.live && timeUs > tick.receiveTimeUs + limits.futureSeconds * SECOND_US) reject("V-005");
    for (const price of [stored.lastPrice, stored.bidPrice, stored.askPrice]) if (price <= 0) reject("V-006");
    for (const amount of [tick.bidSize, tick.askSize, tick.volume, tick.acmlVolume, tick.acmlValue])
      if (amount < 0) reject("V-006");
    const { bidPrice: bid, askPrice: ask } = stored;
    const inAuction = phase === "opening-auction" || phase === "closing-auction" || phase === "single-price";
    if (ask < bid && !inAuction && status !== "interrupted") reject("V-008");
    // 10 % of the mid, in whole numbers: 20 × (ask − bid) > ask + bid.
    if (ask >= bid && 20n * BigInt(ask - bid) > BigInt(ask + bid)) degrade("V-008");
    if (tick.volume > 1e10) reject("V-010");
    else if (tick.volume > 1e9) degrade("V-010");
    if (rejects) return rejected([...codes]);

    const inOrder = history.filter((kept) => !kept.late);
    const before = inOrder.at(-1)?.tick;
    const isLate = before !== undefined && timeUs < before.eventTimeUs;
    const remembered = history.slice(-rules.rememberedTicks);
    const repeated = remembered.find(
      (kept) =>
        FIELDS.every((field) => Object.is(kept.tick[field], stored[field])) &&
        (isAbsent(tick.seq) || tick.seq === kept.tick.seq),
    );
    const bareTrade =
      isAbsent(tick.seq) &&
      isAbsent(tick.bidPrice) &&
      isAbsent(tick.askPrice) &&
      isAbsent(tick.acmlVolume) &&
      tick.volume > 0;
    if (repeated !== undefined && (isLate || !bareTrade)) {
      stored.seq = repeated.tick.seq;
      stored.qualityFlag = repeated.tick.qualityFlag;
      const all = new Set([...repeated.codes, ...(isLate ? (["G-004"] as const) : [])]);
      return { kind: repeated.degraded ? "degrade" : "accept", codes: [...all].sort(), tick: stored };
    }
    const seqsThere = remembered
      .filter((kept) => kept.tick.eventTimeUs === timeUs)
      .map((kept) => kept.tick.seq);
    if (isAbsent(tick.seq)) stored.seq = seqsThere.length === 0 ? 0 : Math.max(...seqsThere) + 1;
    if (stored.seq > 32_767) return rejected([...codes, "V-012"]);

    const date = kstDateOf(timeUs);
    const price = stored.lastPrice;
    const beyond = (from: Price, percent: bigint) =>
      BigInt(Math.abs(price - from)) * 100n > percent * BigInt(from);
    const opened = inOrder.findIndex((kept) => kstDateOf(kept.tick.eventTimeUs) === date);
    const known = rules.previousCloseOf(tick.symbol, date);
    const seenClose = (opened === -1 ? inOrder : inOrder.slice(0, opened))
      .filter(({ tick: { eventTimeUs, venue, lastPrice } }) => {
        const phaseThen = phaseOf(eventTimeUs, venue);
        return !isAbsent(lastPrice) && (phaseThen === "continuous" || phaseThen === "closing-auction");
      })
      .at(-1)?.tick;
    const latestDate = before === undefined ? "" : kstDateOf(before.eventTimeUs);
    const seenServes =
      seenClose !== undefined &&
      date >= latestDate &&
      kstDateOf(seenClose.eventTimeUs) === previousTradingDate(date);
    const previousClose = known ?? (seenServes ? seenClose.lastPrice : undefined);
    if (previousClose !== undefined && !isAbsent(previousClose) && !isAbsent(price)) {
      if (beyond(previousClose, 50n)) reject("G-001");
      else if (beyond(previousClose, 30n)) degrade("G-001");
    }

    const begins =
      !isLate &&
      before !== undefined &&
      (status !== "open" || sessionChanged(before.eventTimeUs, timeUs, tick.venue));
    const sessionStart = begins
      ? inOrder.length
      : Math.max(
          0,
          inOrder.findLastIndex((kept) => kept.begins),
        );
    const session = inOrder.slice(sessionStart).map((kept) => kept.tick);
    const prices = session.filter((other) => !isAbsent(other.lastPrice));
    const traded = prices
      .filter((other, i) => other.volume > 0 || other.lastPrice !== prices[i - 1]?.lastPrice)
      .at(-1);
    if (!isLate && traded !== undefined && !isAbsent(price)) {
      const isFresh = timeUs - traded.eventTimeUs <= 120 * SECOND_US;
      if (beyond(traded.lastPrice, 10n) && isFresh) reject("G-002");
      else if (beyond(traded.lastPrice, 5n)) degrade("G-002");
    }
    if (isLate) codes.add("G-004");
    if (rejects) return rejected([...codes]);

    const bucketOf = (timeUs: TimeUs) => Math.floor(timeUs / (10 * SECOND_US));
    const volumes = session
      .filter((other) => other.volume > 0 && bucketOf(other.eventTimeUs) > bucketOf(timeUs) - 30)
      .map((other) => other.volume);
    const sum = volumes.reduce((total, volume) => total + volume, 0);
    if (!isLate && volumes.length >= 5 && tick.volume > (10 * sum) / volumes.length) degrade("G-003");
    if (phase === undefined) degrade("G-005");
    if (empty) codes.add("G-007");

    let flag: QualityFlag = degrades || tick.qualityFlag === "degraded" ? "degraded" : "normal";
    if (before !== undefined && status === "open" && kstDateOf(before.eventTimeUs) === date) {
      const silence = (dayOf(timeUs, tick.venue)?.phases ?? [])
        .filter(({ name }) => name === "continuous")
        .map(({ startUs, endUs }) => Math.min(endUs, timeUs) - Math.max(startUs, before.eventTimeUs));
      if (silence.some((silentUs) => silentUs > rules.gapSeconds * SECOND_US)) flag = "gap";
    }
    stored.qualityFlag = tick.qualityFlag === "gap" ? "gap" : flag;
    const sorted = [...codes].sort();
    history.push({ tick: stored, codes: sorted, degraded: degrades, late: isLate, begins });
    if (!isLate && status === "resuming") trading.set(tick.symbol, "open");
    return { kind: degrades ? "degrade" : "accept", codes: sorted, tick: stored };
  };

  for (const happening of happenings) {
    if (happening.what === "tick") seen.push(judge(happening.tick));
    else if (happening.what === "interrupt") trading.set(happening.symbol, "interrupted");
    else if (trading.get(happening.symbol) === "interrupted") trading.set(happening.symbol, "resuming");
  }
  return seen;
}

const SYMBOLS = ["005930", "0001A0"];
const starts = [
  kst("2026-01-22", "15:14:00"),
  kst("2026-01-22", "10:00:00"),
  kst("2025-11-13", "09:55:00"),
  kst("2026-01-02", "09:50:00"),
  kst("2026-01-23", "08:44:00"),
];
const often = <T>(usual: T, ...others: T[]) =>
  fc.oneof(
    { weight: 9 * others.length, arbitrary: fc.constant(usual) },
    ...others.map((other) => fc.constant(other)),
  );

const step = fc.record({
  symbol: fc.constantFrom(...SYMBOLS),
  stepSeconds: often(0.5, 0, 0, 0, -0.5, -0.5, -3, 1, 9.5, 10.5, 61, 119, 130, 400, 3600, 57_600, 3 * 86_400),
  move: often(0, 0.0014, -0.0014, 0.05, -0.05, 0.0501, 0.1, 0.1001, -0.12, 0.29, -0.31, 0.52),
  isJumpKept: fc.boolean(),
  volume: often(100, 0, 1, 100, 999, 1000, 1001, 5000, ABSENT, -1, 1e9 + 1, 1e10 + 1),
  acmlVolume: often(ABSENT, 7, 8),
  spread: often(0.0014, 0, -0.001, 0.1, 0.11, 2),
  quotes: often("both", "bid empty", "bid at 0", "none", "ask empty, no size"),
  seq: often(ABSENT, 0, 1, 5, 32_767),
  venue: often("", "NXT", "KRX"),
  lastPrice: often("sent", "absent"),
  qualityFlag: often<QualityFlag>("normal", "degraded", "gap"),
  aheadSeconds: often(-0.05, 5, 5.1, ABSENT),
  event: often("tick", "interrupt", "resume", "repeat", "foreign"),
});

/** Random streams with everything the gate looks at, at and around its limits. */
const streams = fc
  .tuple(fc.constantFrom(...starts), fc.array(step, { minLength: 1, maxLength: 120, size: "max" }))
  .map(([startUs, steps]) => {
    let timeUs = startUs;
    const prices = new Map<string, Price>();
    const happenings: Happening[] = [];
    for (const each of steps) {
      const { symbol } = each;
      if (each.event === "interrupt" || each.event === "resume") {
        happenings.push({ what: each.event, symbol });
        continue;
      }
      const ticks = happenings.filter((happening) => happening.what === "tick");
      const repeated = ticks.at(-1 - (Math.abs(each.volume) % 7 || 0))?.tick;
      if (each.event === "repeat" && repeated !== undefined) {
        happenings.push({ what: "tick", tick: { ...repeated } });
        continue;
      }
      const previous = prices.get(symbol) ?? won(70_000);
      const price = Math.round(previous * (1 + each.move)) as Price;
      if (each.isJumpKept && price > won(100)) prices.set(symbol, price);
      const eventTimeUs = (timeUs + each.stepSeconds * SECOND_US) as TimeUs;
      if (each.stepSeconds > 0) timeUs = eventTimeUs;
      const hasBid = each.quotes === "both" || each.quotes === "ask empty, no size";
      const isQuoted = each.quotes !== "none";
      const askEmpty = each.quotes === "ask empty, no size";
      const tick = sampleTick({
        symbol: each.event === "foreign" ? "foreign" : symbol,
        eventTimeUs,
        seq: each.seq,
        lastPrice: each.lastPrice === "sent" ? price : (ABSENT as Price),
        bidPrice: (hasBid ? price : isQuoted ? 0 : ABSENT) as Price,
        askPrice: (askEmpty ? 0 : isQuoted ? Math.round(price * (1 + each.spread)) : ABSENT) as Price,
        bidSize: each.quotes === "bid empty" ? 0 : isQuoted ? 10 : ABSENT,
        askSize: askEmpty ? ABSENT : isQuoted ? 10 : ABSENT,
        volume: each.volume,
        acmlVolume: each.acmlVolume,
        venue: each.venue,
        receiveTimeUs: Math.round(eventTimeUs - each.aheadSeconds * SECOND_US) as TimeUs,
        qualityFlag: each.qualityFlag,
      });
      happenings.push({ what: "tick", tick });
    }
    return happenings;
  });

const rulesToTry: GateRules[] = [
  gateRules("krx", { gapSeconds: 10 }),
  gateRules("krx", { live: true, rememberedTicks: 3 }),
  gateRules("krx", { previousCloseOf: (symbol) => (symbol === "0001A0" ? won(60_000) : undefined) }),
  gateRules("krx", { previousCloseOf: () => ABSENT as Price, gapSeconds: 60 }),
];
const rules = fc.constantFrom(...rulesToTry);

test("the gate equals its definition", () =>
  fc.assert(
    fc.property(streams, rules, (happenings, rules) => {
      expect(feed(happenings, newStreamState(), rules)).toEqual(naiveGate(happenings, rules));
    }),
    { numRuns: 300 },
  ));

test("a stream judged again, or from a copy of its state, gives the same; a copy is independent", () =>
  fc.assert(
    fc.property(streams, rules, fc.nat(120), (happenings, rules, at) => {
      const whole = feed(happenings, newStreamState(), rules);
      expect(feed(happenings, newStreamState(), rules)).toEqual(whole);

      const state = newStreamState();
      const head = feed(happenings.slice(0, at), state, rules);
      const copy = cloneStreamState(state);
      const tail = feed(happenings.slice(at), state, rules);
      expect([...head, ...tail]).toEqual(whole);
      expect(feed(happenings.slice(at), copy, rules)).toEqual(tail);
      expect(copy).toEqual(state);
    }),
  ));

test("no two stored ticks that differ share a key within the gate's memory", () =>
  fc.assert(
    fc.property(streams, (happenings) => {
      const unnumbered = happenings.map((happening) =>
        happening.what === "tick"
          ? { ...happening, tick: { ...happening.tick, seq: ABSENT, acmlVolume: ABSENT } }
          : happening,
      );
      const stored = new Map<string, string>();
      for (const { kind, tick } of feed(
        unnumbered,
        newStreamState(),
        gateRules("krx", { rememberedTicks: 200 }),
      )) {
        if (kind === "reject") continue;
        const key = `${tick.symbol} ${tick.eventTimeUs} ${tick.seq}`;
        const content = FIELDS.map((field) => tick[field]).join(" ");
        expect(stored.get(key) ?? content).toBe(content);
        stored.set(key, content);
      }
    }),
  ));
