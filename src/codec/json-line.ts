import { isAscii, isUtf8 } from "node:buffer";
import { describe, type LineReport, refuse, WHOLE_LINE } from "./line-report.ts";

/** A decoded JSON object whose fields nobody has checked yet. */
export type Fields = Readonly<Record<string, unknown>>;

export function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * The JSON object on a line of UTF-8 bytes (a leading byte order mark is skipped), or null with the fault reported
 * against the whole line.
 */
export function parseLine(bytes: Buffer, start: number, end: number, report: LineReport): Fields | null {
  const from =
    bytes[start] === 0xef && bytes[start + 1] === 0xbb && bytes[start + 2] === 0xbf ? start + 3 : start;
  const line = bytes.subarray(from, end);
  const ascii = isAscii(line);
  if (!ascii && !isUtf8(line)) {
    refuse(report, WHOLE_LINE, "V-001", "bytes that are not UTF-8");
    return null;
  }
  // latin1 is the faster copy and the same thing for ASCII.
  const text = line.toString(ascii ? "latin1" : "utf8");
  const value = parseJson(text);
  if (isFields(value)) return value;
  refuse(
    report,
    WHOLE_LINE,
    "V-001",
    value === undefined ? describe(text, "not JSON: ") : describe(value, "not an object: "),
  );
  return null;
}

/** How many fields of an object are not among the known ones. */
export function countUnknown(fields: Fields, known: ReadonlySet<string>): number {
  let unknown = 0;
  for (const name in fields) if (!known.has(name)) unknown++;
  return unknown;
}

export const NO_FIELDS: Fields = {};

/** The object inside field `name`, whose own unknown fields are counted; empty when there is none. */
export function nestedFields(
  fields: Fields,
  name: string,
  known: ReadonlySet<string>,
  report: LineReport,
): Fields {
  const value = fields[name] ?? null;
  if (value === null) return NO_FIELDS;
  if (!isFields(value)) {
    refuse(report, name, "V-001", describe(value));
    return NO_FIELDS;
  }
  report.unknownFields += countUnknown(value, known);
  return value;
}
