import fc from "fast-check";
import { expect, test } from "vitest";
import {
  ABSENT,
  GAP_REASONS,
  GAP_SCOPES,
  type GapRecord,
  type Price,
  type QualityFlag,
  SECOND_US,
  type SwingBar,
  type Tick,
  type TimeUs,
} from "../record/index.ts";
import { encodeGapLine } from "./encode-gap.ts";
import { encodeSwingBarLine } from "./encode-swing-bar.ts";
import { encodeTickLine } from "./encode-tick.ts";
import { decodeGap } from "./gap-decoder.ts";
import { newLineReport } from "./line-report.ts";
import { newTick } from "./new-tick.ts";
import { decodeSwingBar } from "./swing-bar-decoder.ts";
import { TickDecoder } from "./tick-decoder.ts";

const orAbsent = <T extends number>(known: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 4, arbitrary: known }, { weight: 1, arbitrary: fc.constant(ABSENT as T) });
const instant = fc.integer({ min: 0, max: 8_000_000_000_000_000 }).map((timeUs) => timeUs as TimeUs);
const price = fc
  .integer({ min: -999_999_999_999_999, max: 999_999_999_999_999 })
  .map((scaled) => scaled as Price);
const count = orAbsent(fc.integer({ min: -1000, max: Number.MAX_SAFE_INTEGER }));
const text = (limit: number) =>
  fc
    .string({ maxLength: limit, unit: "grapheme-composite" })
    .filter((value) => !/[\p{Cc}\p{Cs}]/u.test(value) && [...value].length <= limit);
const symbol = fc.stringMatching(/^[0-9A-Za-z._-]{1,20}$/);
const mitigationLevel = fc.nat(2);
const qualityFlag = fc.constantFrom<QualityFlag[]>("normal", "degraded", "gap");

test("a tick comes back from its line", () => {
  const tick: fc.Arbitrary<Tick> = fc.record({
    symbol,
    eventTimeUs: instant,
    seq: orAbsent(fc.nat(32_767)),
    bidPrice: orAbsent(price),
    askPrice: orAbsent(price),
    lastPrice: price,
    bidSize: count,
    askSize: count,
    volume: count,
    acmlVolume: count,
    acmlValue: count,
    venue: text(8),
    sessionId: text(50),
    schemaVersion: text(10),
    receiveTimeUs: orAbsent(instant),
    mitigationLevel,
    qualityFlag,
  });
  const decoder = new TickDecoder();
  fc.assert(
    fc.property(tick, (sent) => {
      const bytes = Buffer.from(encodeTickLine(sent));
      const report = newLineReport();
      const back = newTick();
      expect(decoder.decode(bytes, 0, bytes.length, back, report)).toBe("ok");
      expect(back).toEqual(sent);
      expect(report).toEqual(newLineReport());
    }),
    { numRuns: 1000 },
  );
});

test("a bar comes back from its line", () => {
  const bar: fc.Arbitrary<SwingBar> = fc.record({
    symbol,
    barTimeUs: instant,
    collectedAtUs: orAbsent(instant),
    open: price,
    high: price,
    low: price,
    close: price,
    volume: count,
    value: orAbsent(
      fc.oneof(
        fc.nat({ max: 999_999_999_999_999 }),
        fc.nat({ max: 14_000_000_000_000 }).map((units) => units * 10_000),
      ),
    ),
    bidPrice: orAbsent(price),
    askPrice: orAbsent(price),
    venue: text(8),
    sessionId: text(50),
    schemaVersion: text(10),
    mitigationLevel,
    qualityFlag,
  });
  fc.assert(
    fc.property(bar, (sent) => {
      const bytes = Buffer.from(encodeSwingBarLine(sent));
      const report = newLineReport();
      expect(decodeSwingBar(bytes, 0, bytes.length, () => null, report)).toEqual(sent);
      expect(report).toEqual(newLineReport());
    }),
    { numRuns: 1000 },
  );
});

test("a gap comes back from its line", () => {
  const gap: fc.Arbitrary<GapRecord> = fc
    .record({
      gapStartUs: fc.integer({ min: 0, max: 4_000_000_000_000_000 }).map((timeUs) => timeUs as TimeUs),
      lengthUs: fc.nat({ max: 1_000_000 * SECOND_US }),
      scope: fc.constantFrom(...GAP_SCOPES),
      symbol: fc.oneof(fc.constant(""), symbol),
      reason: fc.oneof(fc.constantFrom(...GAP_REASONS), text(100)),
      sessionId: text(50),
    })
    .map(({ lengthUs, ...rest }) => ({
      ...rest,
      gapEndUs: (rest.gapStartUs + lengthUs) as TimeUs,
      gapSeconds: Math.floor(lengthUs / SECOND_US),
    }));
  fc.assert(
    fc.property(gap, (sent) => {
      const bytes = Buffer.from(encodeGapLine(sent));
      const report = newLineReport();
      expect(decodeGap(bytes, 0, bytes.length, report)).toEqual(sent);
      expect(report).toEqual(newLineReport());
    }),
    { numRuns: 1000 },
  );
});
