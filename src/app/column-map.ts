import { readFileSync } from "node:fs";
import { z } from "zod";
import { CSV_PRESETS, type CsvColumnMap, csvMapProblems } from "../codec/index.ts";
import { ObserverError } from "../errors/index.ts";

const text = z.string({ error: ({ input }) => (input === undefined ? "is missing" : "must be a text") });
const column = text.trim().min(1, "must name a column");

/** A column map as users write it. */
const COLUMN_MAP = z.strictObject({
  name: text.optional(),
  symbol: column,
  date: column.optional(),
  time: column.optional(),
  timestamp: column.optional(),
  open: column,
  high: column,
  low: column,
  close: column,
  volume: column.optional(),
  value: column.optional(),
  cumulativeValue: column.optional(),
  bid: column.optional(),
  ask: column.optional(),
  zone: text.min(1).optional(),
  stamp: z.enum(["start", "end"], { error: 'must be "start" or "end": what the stamp of a bar is' }),
  barMinutes: z.union([z.literal(1), z.literal(5), z.literal(10), z.literal("day")], {
    error: 'must be 1, 5, 10 or "day"',
  }),
  delimiter: text.optional(),
  decimal: z.enum([".", ","], { error: 'must be "." or ","' }).optional(),
  padded: z.enum(["drop", "keep"], { error: 'must be "drop" or "keep": what becomes of bars of volume 0' }),
});

/** A map that works, for errors and the manual. */
export const EXAMPLE_MAP = {
  symbol: "code",
  date: "date",
  time: "time",
  open: "open",
  high: "high",
  low: "low",
  close: "close",
  volume: "volume",
  stamp: "start",
  barMinutes: 1,
  padded: "drop",
} as const;

export type PresetName = keyof typeof CSV_PRESETS;
export const PRESET_NAMES = Object.keys(CSV_PRESETS) as PresetName[];

/** The column map of a preset. */
export function presetMap(name: PresetName): CsvColumnMap {
  return CSV_PRESETS[name];
}

/** Reads a column map from a JSON file. Throws OBS_CSV_MAP with every problem at once and a map that works. */
export function readColumnMap(path: string): CsvColumnMap {
  return parseColumnMap(path, readJson(path));
}

/** Checks a column map; `name` is how errors call it. Throws OBS_CSV_MAP. */
export function parseColumnMap(name: string, value: unknown): CsvColumnMap {
  const parsed = COLUMN_MAP.safeParse(value);
  const problems = parsed.success
    ? contradictions(parsed.data)
    : [...parsed.error.issues.map(describeIssue), ...contradictions(soundEntries(value))];
  if (parsed.success && problems.length === 0) return withoutGaps({ ...parsed.data, name });
  throw new ObserverError(
    "OBS_CSV_MAP",
    `the column map ${name} cannot be used:\n  ${problems.join("\n  ")}`,
    `mend them all; a map that works looks like this (docs/import-csv.md explains every entry):\n${JSON.stringify(EXAMPLE_MAP, null, 2)}`,
  );
}

const ANY_ENTRIES = COLUMN_MAP.partial();
type Entries = z.infer<typeof ANY_ENTRIES>;

/** The entries of a faulty map that are right by themselves, so that what they say together is checked as well. */
function soundEntries(value: unknown): Entries {
  const given = Object.entries(typeof value === "object" && value !== null ? value : {});
  const shape: Readonly<Record<string, z.ZodType>> = COLUMN_MAP.shape;
  const sound = given.filter(([name, entry]) => shape[name]?.safeParse(entry).success === true);
  return ANY_ENTRIES.parse(Object.fromEntries(sound));
}

function contradictions(entries: Entries): string[] {
  const { bid, ask, barMinutes } = entries;
  const hasQuotes = bid !== undefined || ask !== undefined;
  const problems = csvMapProblems(entries);
  // Only the table of ten-minute bars has a place for quotes.
  if (hasQuotes && barMinutes !== 10) problems.push("bid and ask are kept with 10-minute bars only");
  return problems;
}

/** zod writes `undefined` for what may be left out; the map's type wants it left out. */
function withoutGaps(parsed: z.infer<typeof COLUMN_MAP> & { name: string }): CsvColumnMap {
  const { symbol, open, high, low, close, stamp, barMinutes, padded, name, ...optional } = parsed;
  const given = Object.entries(optional).filter(([, text]) => text !== undefined);
  return {
    ...Object.fromEntries(given),
    ...{ symbol, open, high, low, close, stamp, barMinutes, padded, name },
  };
}

const READABLE = 'name a JSON file; "observer import --show-presets" prints maps to start from.';

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    throw new ObserverError("OBS_CSV_MAP", `cannot read the column map ${path}: ${words}`, READABLE, error);
  }
}

function describeIssue(issue: z.core.$ZodIssue): string {
  const { shape } = COLUMN_MAP;
  if (issue.code === "unrecognized_keys")
    return `unknown: ${issue.keys.join(", ")} (known: ${Object.keys(shape).join(", ")})`;
  const field = issue.path.join(".");
  return field === "" ? issue.message : `${field}: ${issue.message}`;
}
