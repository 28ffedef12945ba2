import fc from "fast-check";
import { expect, test } from "vitest";
import { decodeGap } from "./gap-decoder.ts";
import { LINE_WARNING, newLineReport } from "./line-report.ts";

const V1_0 = {
  timestamp: "2026-01-22T09:31:05.123Z",
  gap_start_ts: "2026-01-22T09:31:00.000Z",
  gap_end_ts: "2026-01-22T09:31:05.000Z",
  gap_seconds: 5,
  scope: "scalp",
  reason: "ws_disconnect",
  session_id: "track_b_session",
};
const GAP = {
  gapStartUs: Date.parse(V1_0.gap_start_ts) * 1000,
  gapEndUs: Date.parse(V1_0.gap_end_ts) * 1000,
  gapSeconds: 5,
  scope: "scalp",
  symbol: "",
  reason: "ws_disconnect",
  sessionId: "track_b_session",
};

function decodeBytes(bytes: Buffer) {
  const report = newLineReport();
  return { gap: decodeGap(bytes, 0, bytes.length, report), report };
}
const decode = (fields: object) => decodeBytes(Buffer.from(JSON.stringify(fields)));

test("v1.0", () => {
  expect(decode(V1_0)).toEqual({ gap: GAP, report: newLineReport() });
});

test("the optional fields: the symbol is kept, severity and metadata are known", () => {
  expect(decode({ ...V1_0, symbol: "005930", severity: "minor", metadata: { try: 1 } })).toEqual({
    gap: { ...GAP, symbol: "005930" },
    report: newLineReport(),
  });
});

test("gap_seconds: missing is computed, a second off is accepted, more is corrected with a warning", () => {
  const { gap_seconds: _, ...rest } = V1_0;
  expect(decode(rest)).toEqual({ gap: GAP, report: newLineReport() });
  expect(decode({ ...rest, gap_seconds: "6" }).gap?.gapSeconds).toBe(6);
  const { gap, report } = decode({ ...rest, gap_seconds: 7 });
  expect([gap?.gapSeconds, report.warnings]).toEqual([5, LINE_WARNING.gapSecondsDiffer]);
});

test.each([
  [{ gap_start_ts: undefined }, "gap_start_ts", "V-001"],
  [{ gap_end_ts: null }, "gap_end_ts", "V-001"],
  [{ gap_end_ts: "soon" }, "gap_end_ts", "V-004"],
  [{ gap_end_ts: "2026-01-22T09:30:59Z" }, "gap_end_ts", "V-004"],
  [{ gap_seconds: "five" }, "gap_seconds", "V-001"],
  [{ scope: "tick" }, "scope", "V-001"],
  [{ scope: undefined }, "scope", "V-001"],
  [{ symbol: 5930 }, "symbol", "V-001"],
  [{ reason: "x".repeat(101) }, "reason", "V-001"],
])("refused: %j", (change, field, code) => {
  expect(decode({ ...V1_0, ...change })).toMatchObject({ gap: null, report: { field, code } });
});

test("any JSON and any bytes end in a gap or a named fault", () => {
  const names = fc.constantFrom(...Object.keys(V1_0), "symbol");
  const json = fc
    .dictionary(names, fc.jsonValue({ maxDepth: 2 }))
    .map((fields) => Buffer.from(JSON.stringify({ ...V1_0, ...fields })));
  const noise = fc.uint8Array({ maxLength: 100 }).map((bytes) => Buffer.from(bytes));
  fc.assert(
    fc.property(fc.oneof(json, noise), (bytes) => {
      const { gap, report } = decodeBytes(bytes);
      expect(gap === null).toBe(report.field !== "");
    }),
    { numRuns: 1000 },
  );
});
