import { formatInstant } from "../../record/index.ts";
import { type Check, SAMPLES } from "../check.ts";
import { asking, scopeValues } from "../defects.ts";
import { recordSwingHoles } from "../mends/record-swing-holes.ts";

export const swingSeriesHoles: Check = {
  name: "swing-series-holes",
  area: "gaps",
  question: "Is there a 10-minute bar for every slot of the calendar, or a gap row that says why not?",
  tables: ["swing_bars_10m", "scalp_gaps"],
  run: asking(
    "verify_swing_holes",
    {
      likelyCause:
        "the collector was not running or was late and nothing recorded it, or the file with these bars was not loaded.",
      mend: 'load the missing files with "observer backfill", or record the loss: observer repair --check swing-series-holes',
    },
    ({ scope, nowUs }) => [...scopeValues(scope), formatInstant(nowUs), SAMPLES],
  ),
  mend: recordSwingHoles,
};
