import { ObserverError } from "../errors/index.ts";
import type { CsvColumnMap } from "./csv-column-map.ts";
import { type ZoneClock, zoneClock } from "./zone-clock.ts";

type Looked =
  | "zone"
  | "delimiter"
  | "decimal"
  | "timestamp"
  | "date"
  | "time"
  | "barMinutes"
  | "value"
  | "cumulativeValue";

/** Everything that keeps a map from being used, in words; empty when nothing does. Entries may still be missing. */
export function csvMapProblems(map: { [Entry in Looked]?: CsvColumnMap[Entry] | undefined }): string[] {
  const { delimiter = ",", decimal = "." } = map;
  const problems = [
    zoneClock(map.zone ?? "Asia/Seoul") === undefined ? `no time zone is called "${map.zone}"` : "",
    delimiter.length === 1 ? "" : "the delimiter is not one character",
    delimiter === '"' || delimiter === "\n" || delimiter === "\r"
      ? "the delimiter is a quote or a line end"
      : "",
    decimal === delimiter ? "the decimal mark is also the delimiter" : "",
    map.timestamp === undefined &&
    (map.date === undefined || (map.time === undefined && map.barMinutes !== "day"))
      ? "neither a timestamp column nor date and time columns are named"
      : "",
    map.value !== undefined && map.cumulativeValue !== undefined
      ? "both value and cumulativeValue are named"
      : "",
  ];
  return problems.filter((problem) => problem !== "");
}

/** The clock a map's dates and times are read by. Throws OBS_CSV_MAP, naming every problem of the map. */
export function clockOfMap(map: CsvColumnMap): ZoneClock {
  const clock = zoneClock(map.zone ?? "Asia/Seoul");
  const problems = csvMapProblems(map);
  if (clock !== undefined && problems.length === 0) return clock;
  throw new ObserverError(
    "OBS_CSV_MAP",
    `the column map "${map.name}" cannot be used: ${problems.join("; ")}`,
    "correct the map; the presets kis-1m, creon-1m, kis-daily and yahoo-5m show its form",
  );
}
