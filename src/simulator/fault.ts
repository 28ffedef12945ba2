import type { SampleShape } from "./sample-lines.ts";

/** What a reader of the sample has to make of a faulty line. */
export type FaultOutcome =
  /** Refused with `code`; everything around it is loaded. */
  | "rejected"
  /** Says what the line before said; counted, changes nothing. */
  | "duplicate"
  /** Contradicts the line before under the same key; the first stands and the contradiction is kept. */
  | "conflict"
  /** A later version of the bar before; it wins. */
  | "replaces"
  /** Unusual but good. */
  | "accepted"
  /** Good, and a warning is counted: its timestamps have no zone and are read as KST. */
  | "accepted-with-warning"
  /** Nothing there. */
  | "ignored";

export interface Fault {
  kind: string;
  outcome: FaultOutcome;
  /** The quality gate's code for a rejected line, else null. */
  code: string | null;
  /** How many lines of the sample have it. */
  lines: number;
  /** Only lines of this shape can have it; null for both. */
  shape: SampleShape | null;
  /** The faulty form of a good line. It stands in its place when accepted, else right after it. */
  spoil: (line: string) => string;
}

type Fields = Record<string, unknown>;

function changed(line: string, change: (fields: Fields) => void): string {
  const fields: Fields = JSON.parse(line);
  change(fields);
  return JSON.stringify(fields);
}

/** Replaces the number called `name`, wherever it stands. */
function withNumber(line: string, name: string, rewrite: (value: number) => number): string {
  return line.replace(
    new RegExp(`"${name}":(-?\\d+)`),
    (_, digits) => `"${name}":${rewrite(Number(digits))}`,
  );
}

const numberOf = (line: string, name: string): number =>
  Number(new RegExp(`"${name}":(-?\\d+)`).exec(line)?.[1] ?? Number.NaN);

const fault = (
  kind: string,
  lines: number,
  outcome: FaultOutcome,
  code: string | null,
  spoil: Fault["spoil"],
  shape: SampleShape | null = null,
): Fault => ({ kind, outcome, code, lines, shape, spoil });

const truncated = (line: string) => line.slice(0, Math.floor(line.length * 0.6));
const impossibleDate = (line: string) => line.replace(/(\d{4})-\d{2}-\d{2}T/g, "$1-02-30T");
const shortSymbol = (line: string) => line.replace(/("symbol":"\w+)\w"/, '$1"');
const numbersAsText = (line: string) => line.replace(/:(-?\d+)(?=[,}])/g, ':"$1"');
const withoutZone = (line: string) => line.replaceAll("+09:00", "");
const same = (line: string) => line;
const nothing = () => "";

/** Bid above ask; the quotes of the sample are never equal. */
function crossed(line: string): string {
  const bid = numberOf(line, "bid_price");
  const ask = numberOf(line, "ask_price");
  return withNumber(
    withNumber(line, "bid_price", () => ask),
    "ask_price",
    () => bid,
  );
}

export const TICK_FAULTS: readonly Fault[] = [
  fault("truncated-json", 3, "rejected", "V-001", truncated),
  fault("missing-prices", 2, "rejected", "V-001", (line) =>
    changed(line, (fields) => {
      for (const name of ["bid_price", "ask_price", "last_price"]) delete fields[name];
    }),
  ),
  fault("impossible-date", 2, "rejected", "V-004", impossibleDate),
  fault("negative-price", 2, "rejected", "V-006", (line) =>
    withNumber(line, "last_price", (price) => -price),
  ),
  fault("crossed-quotes", 3, "rejected", "V-008", crossed),
  fault("huge-volume", 1, "rejected", "V-010", (line) => withNumber(line, "volume", () => 20_000_000_000)),
  fault("short-symbol", 2, "rejected", "V-011", shortSymbol),
  // Only a line that carries its sequence number can be told to be the same one again.
  fault("identical-duplicate", 3, "duplicate", null, same, "1.1"),
  fault(
    "conflicting-duplicate",
    2,
    "conflict",
    null,
    (line) => withNumber(line, "bid_size", (n) => n + 1),
    "1.1",
  ),
  fault("numbers-as-text", 4, "accepted", null, numbersAsText),
  fault("no-zone", 4, "accepted-with-warning", null, withoutZone, "1.0"),
  fault("blank-line", 2, "ignored", null, nothing),
];

export const BAR_FAULTS: readonly Fault[] = [
  fault("truncated-json", 2, "rejected", "V-001", truncated),
  fault("missing-close", 2, "rejected", "V-001", (line) => line.replace(/,"close":\d+/, "")),
  fault("impossible-date", 1, "rejected", "V-004", impossibleDate),
  fault("negative-price", 1, "rejected", "V-006", (line) => withNumber(line, "low", (price) => -price)),
  fault("high-below-low", 2, "rejected", "V-007", (line) =>
    withNumber(line, "high", () => numberOf(line, "low") - 1),
  ),
  fault("short-symbol", 1, "rejected", "V-011", shortSymbol),
  fault("identical-duplicate", 2, "duplicate", null, same),
  fault(
    "newer-version",
    2,
    "replaces",
    null,
    // Collected 03.000 s after the bar's end; the newer one two seconds later.
    (line) =>
      withNumber(line.replace(/("ts":"[^"]*):03\.000/, "$1:05.000"), "volume", (volume) => volume + 10),
    "1.1",
  ),
  fault("numbers-as-text", 2, "accepted", null, numbersAsText),
  fault("no-zone", 2, "accepted-with-warning", null, withoutZone, "1.0"),
  fault("blank-line", 1, "ignored", null, nothing),
];

/** Whether the faulty form takes the good line's place rather than following it. */
export const standsInPlace = (outcome: FaultOutcome): boolean =>
  outcome === "accepted" || outcome === "accepted-with-warning";
