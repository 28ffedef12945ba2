import type { CsvColumnMap } from "../../codec/index.ts";
import type { Dataset } from "../../store/index.ts";

/** Where the bars of a file go, and as what the gate judges them. Five-minute bars are joined to ten-minute ones. */
export interface BarTarget {
  dataset: Extract<Dataset, "bars_1m" | "bars_10m" | "daily">;
  barSeconds: number;
}

const TARGETS: Record<CsvColumnMap["barMinutes"], BarTarget> = {
  1: { dataset: "bars_1m", barSeconds: 60 },
  5: { dataset: "bars_10m", barSeconds: 300 },
  10: { dataset: "bars_10m", barSeconds: 600 },
  day: { dataset: "daily", barSeconds: 86_400 },
};

export function barTarget(map: CsvColumnMap): BarTarget {
  return TARGETS[map.barMinutes];
}
