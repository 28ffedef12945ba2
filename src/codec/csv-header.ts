import { ObserverError } from "../errors/index.ts";
import type { CsvColumnMap } from "./csv-column-map.ts";

const REQUIRED = ["symbol", "open", "high", "low", "close"] as const;
const OPTIONAL = ["date", "time", "timestamp", "volume", "value", "cumulativeValue", "bid", "ask"] as const;

type Role = (typeof REQUIRED)[number] | (typeof OPTIONAL)[number];

/** Where in a record each role of the map stands; -1 for a role the map leaves out. */
export interface CsvColumns {
  /** Fields a record must have. */
  width: number;
  index: Readonly<Record<Role, number>>;
  /** Columns of the file that the map does not use. */
  ignored: readonly string[];
}

const normal = (name: string) => name.trim().toLowerCase();

/**
 * Finds the columns of a map in the header of a file; case and spaces around names do not matter.
 * Throws OBS_CSV_COLUMNS when the header lacks one, has one twice, or is no header at all.
 */
export function findColumns(header: readonly string[], map: CsvColumnMap): CsvColumns {
  const names = header.map(normal);
  const roles = [...REQUIRED, ...OPTIONAL].filter((role) => map[role] !== undefined);
  const wanted = roles.map((role) => map[role] ?? "");
  const missing = wanted.filter((column) => !names.includes(normal(column)));
  const repeated = wanted.filter(
    (column) => names.indexOf(normal(column)) !== names.lastIndexOf(normal(column)),
  );
  const found = header
    .map((name) => name.trim())
    .join(", ")
    .slice(0, 500);
  if (missing.length === wanted.length)
    throw new ObserverError(
      "OBS_CSV_COLUMNS",
      `the CSV has no header for the column map "${map.name}": its first line reads: ${found}`,
      `put a header line first, for this map: ${wanted.join(",")}; or choose the column map that fits the file`,
    );
  if (missing.length > 0 || repeated.length > 0) {
    const problems = [
      ...missing.map((column) => `no column "${column}"`),
      ...repeated.map((column) => `column "${column}" twice`),
    ];
    throw new ObserverError(
      "OBS_CSV_COLUMNS",
      `the CSV has ${problems.join(", ")}; found: ${found}; the column map "${map.name}" expects: ${wanted.join(", ")}`,
      `choose a column map that names this file's columns, or leave out of the map what the file does not have`,
    );
  }
  const at = (role: Role) => (map[role] === undefined ? -1 : names.indexOf(normal(map[role])));
  return {
    width: header.length,
    index: {
      symbol: at("symbol"),
      date: at("date"),
      time: at("time"),
      timestamp: at("timestamp"),
      open: at("open"),
      high: at("high"),
      low: at("low"),
      close: at("close"),
      volume: at("volume"),
      value: at("value"),
      cumulativeValue: at("cumulativeValue"),
      bid: at("bid"),
      ask: at("ask"),
    },
    ignored: header.filter((name) => !wanted.some((column) => normal(column) === normal(name))),
  };
}
