import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatPrice, type Price } from "../../../record/index.ts";
import { textField } from "../../binary-fields.ts";
import { BinaryRows } from "../../binary-rows.ts";
import { arrangeQuality, arrangeValues, groupBySymbol } from "./arranged-rows.ts";
import { ColumnDecoder, UNKNOWN_QUALITY } from "./column-decoder.ts";
import type { Field } from "./wire-fields.ts";

const FIELDS: Field[] = [
  { column: "bar_time", kind: "instant" },
  { column: "close", kind: "price" },
  { column: "volume", kind: "integer" },
];

interface Sample {
  symbol: string;
  quality: string;
  timeUs: number;
  close: number;
  volume: number;
}

/** What the server would send. */
function wire(samples: readonly Sample[]): Buffer {
  const rows = new BinaryRows();
  for (const { symbol, quality, timeUs, close, volume } of samples) {
    rows.row(5);
    rows.encoded(textField(symbol));
    rows.encoded(textField(quality));
    rows.timestamp(timeUs);
    rows.numeric4(close);
    rows.int8(volume);
  }
  return Buffer.concat(rows.finish());
}

function decode(bytes: Buffer, cuts: readonly number[], scaled: boolean) {
  const decoder = new ColumnDecoder(FIELDS, scaled);
  const places = [...new Set(cuts.map((cut) => cut % (bytes.length + 1)))].sort((a, b) => a - b);
  let from = 0;
  for (const place of [...places, bytes.length]) {
    decoder.push(bytes.subarray(from, place));
    from = place;
  }
  decoder.finish();
  const { symbols, symbolStart, destination } = groupBySymbol(decoder.pieces, decoder.interner.symbols, 1);
  const [timeUs, close, volume] = FIELDS.map((_, field) => arrangeValues(decoder.pieces, field, destination));
  return {
    symbols,
    symbolStart,
    timeUs,
    close,
    volume,
    quality: arrangeQuality(decoder.pieces, destination),
  };
}

const sample = fc.record({
  symbol: fc.constantFrom("005930", "000660", "0001A0", "A", "종목"),
  quality: fc.constantFrom("normal", "degraded", "gap", "", "A"),
  timeUs: fc.integer({ min: 0, max: 2 ** 52 }),
  close: fc.oneof(fc.integer({ min: -(10 ** 15), max: 10 ** 15 }), fc.constant(Number.NaN)),
  volume: fc.oneof(fc.maxSafeInteger(), fc.constant(Number.NaN)),
});
/** A round of symbols again and again, as collectors write them, and anything else. */
const samples = fc.oneof(
  fc.array(sample, { maxLength: 60 }),
  fc
    .array(sample, { minLength: 1, maxLength: 4 })
    .map((round) => Array.from({ length: 2500 }, (_, i) => ({ ...round[i % round.length]!, timeUs: i }))),
);
const cuts = fc.array(fc.nat(), { maxLength: 40 });
const QUALITY: Record<string, number> = { normal: 0, degraded: 1, gap: 2 };

describe("COPY rows to columns", () => {
  test("give back every row, in order of (symbol, time), however the bytes are cut", () => {
    fc.assert(
      fc.property(samples, cuts, (rows, places) => {
        const inOrder = [...rows].sort(
          (a, b) => (a.symbol < b.symbol ? -1 : a.symbol > b.symbol ? 1 : 0) || a.timeUs - b.timeUs,
        );
        const read = decode(wire(rows), places, true);
        expect([...(read.timeUs ?? [])]).toEqual(inOrder.map((row) => row.timeUs));
        expect([...(read.close ?? [])]).toEqual(inOrder.map((row) => (row.close === 0 ? 0 : row.close)));
        expect([...(read.volume ?? [])]).toEqual(inOrder.map((row) => row.volume));
        expect([...read.quality]).toEqual(inOrder.map((row) => QUALITY[row.quality] ?? UNKNOWN_QUALITY));
        expect(read.symbols).toEqual([...new Set(inOrder.map((row) => row.symbol))]);
        read.symbols.forEach((symbol, i) => {
          const first = inOrder.findIndex((row) => row.symbol === symbol);
          expect(read.symbolStart[i]).toBe(first);
        });
      }),
      { numRuns: 60 },
    );
  });

  test("give the double nearest to the decimal", () => {
    fc.assert(
      fc.property(fc.integer({ min: -(10 ** 15), max: 10 ** 15 }), (scaled) => {
        const row = { symbol: "A", quality: "normal", timeUs: 0, close: scaled, volume: 0 };
        const { close } = decode(wire([row]), [], false);
        expect(close?.[0]).toBe(Number(formatPrice(scaled as Price)));
      }),
    );
  });

  test("that break off are an error", () => {
    const bytes = wire([{ symbol: "A", quality: "normal", timeUs: 1, close: 1, volume: 1 }]);
    const decoder = new ColumnDecoder(FIELDS, false);
    decoder.push(bytes.subarray(0, bytes.length - 1));
    expect(() => decoder.finish()).toThrow("broke off");
  });
});
