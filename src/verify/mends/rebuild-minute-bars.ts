import { buildBars } from "../../derive/index.ts";
import type { CheckContext, MendStep } from "../check.ts";
import { allInSlices } from "../tick-slices.ts";
import { symbolDays } from "./symbol-days.ts";

/**
 * Builds the bars of the symbol-days at fault again. Building would remove bars whose ticks are gone, which may be all
 * that is left of those minutes: a symbol-day with such bars is left as it is.
 */
export async function rebuildMinuteBars(context: CheckContext): Promise<MendStep[]> {
  const found = (await allInSlices(context, "verify_minute_bars")).flatMap(({ rows }) => rows);
  const orphaned = symbolDays(
    found.filter(({ defect }) => defect === "no priced tick"),
    "bar_time",
  );
  const steps: MendStep[] = [];
  for (const [date, symbols] of orphaned) {
    const why =
      "their ticks are gone: load the files again, or delete the bars by hand if the ticks were removed on purpose.";
    steps.push({ kind: "cannot", what: `bars of ${symbols.join(", ")} on ${date}`, why });
  }
  for (const [date, wrong] of symbolDays(found, "bar_time")) {
    const symbols = wrong.filter((symbol) => orphaned.get(date)?.includes(symbol) !== true);
    if (symbols.length === 0) continue;
    const apply = async () => {
      const { inserted, updated } = await buildBars(context.store, { symbols, from: date, to: date });
      return inserted + updated;
    };
    steps.push({
      kind: "do",
      what: `build the minutes of ${symbols.length} symbols on ${date} again`,
      apply,
    });
  }
  return steps;
}
