import { expect, test } from "vitest";
import { sampleTick, won } from "../../test/sample-records.ts";
import { ABSENT, type Price, type Tick } from "../record/index.ts";
import {
  countMalformed,
  countVerdict,
  expandCodes,
  GATE_CODES,
  type GateStatistics,
  gateRates,
  gateRules,
  judgeTick,
  mergeStatistics,
  newGateStatistics,
  newStreamState,
} from "./index.ts";

const rules = gateRules("krx");
const ticks: Partial<Tick>[] = [
  {},
  { volume: 5 },
  { volume: -1 },
  { volume: 6, qualityFlag: "gap" },
  { volume: 7, bidPrice: won(50_000) },
  { volume: 8, lastPrice: won(90_000), bidPrice: ABSENT as Price },
  { symbol: "x" },
];

function counted(overrides: Partial<Tick>[]): GateStatistics {
  const statistics = newGateStatistics();
  const state = newStreamState();
  for (const each of overrides) {
    const tick = sampleTick(each);
    countVerdict(statistics, judgeTick(tick, state, rules), tick.qualityFlag);
  }
  return statistics;
}

test("counts reconcile and rates are of everything that came in", () => {
  const statistics = counted(ticks);
  countMalformed(statistics, "V-001");
  expect(statistics).toMatchObject({
    records: 8,
    verdicts: { accept: 3, degrade: 1, reject: 4 },
    flags: { normal: 2, degraded: 1, gap: 1 },
    guardRejects: 1,
  });
  expect(statistics.codes["V-006"]).toEqual({ accept: 0, degrade: 0, reject: 1 });
  expect(statistics.codes["V-008"]).toEqual({ accept: 0, degrade: 1, reject: 0 });
  expect(gateRates(statistics)).toEqual({ pass: 4 / 8, guardReject: 1 / 8, normal: 2 / 8 });
});

test("nothing judged has no rates", () => {
  expect(gateRates(newGateStatistics())).toEqual({ pass: NaN, guardReject: NaN, normal: NaN });
});

test("parts add up to the whole, through JSON too", () => {
  const sum = newGateStatistics();
  for (const each of ticks) mergeStatistics(sum, JSON.parse(JSON.stringify(counted([each]))));
  const whole = counted(ticks.map((each, i) => ({ ...each, symbol: each.symbol ?? `00000${i}` })));
  expect(sum).toEqual(whole);
});

test("a set of codes names its codes in the order of the table", () => {
  const statistics = counted([]);
  expect(Object.keys(statistics.codes)).toEqual([...GATE_CODES]);
  const { codes } = judgeTick(
    sampleTick({ bidPrice: won(90_000), volume: -1 }),
    newStreamState(),
    gateRules("krx"),
  );
  expect(expandCodes(codes)).toEqual(["V-006", "V-008"]);
});
