import type { Check } from "../check.ts";
import { repairCommand, resultOf } from "../defects.ts";
import { rebuildMinuteBars } from "../mends/rebuild-minute-bars.ts";
import { findInSlices } from "../tick-slices.ts";

const NAME = "minute-bars-match-ticks";

export const minuteBarsMatchTicks: Check = {
  name: NAME,
  area: "bars",
  question:
    "Is every 1-minute bar made from ticks what the ticks give in every column, is none missing, and none without ticks?",
  tables: ["scalp_1m_bars", "scalp_ticks"],
  run: async (context) =>
    resultOf(await findInSlices(context, "verify_minute_bars"), {
      likelyCause:
        "ticks came in, or were removed, after the bars were built; the build was interrupted; or rows were changed by hand.",
      mend: `${repairCommand(NAME)} builds them again; bars whose ticks are gone it leaves alone.`,
    }),
  mend: rebuildMinuteBars,
};
