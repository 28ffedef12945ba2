import { type Check, SAMPLES } from "../check.ts";
import { asking, scopeValues } from "../defects.ts";
import { recomputeReturns } from "../mends/recompute-returns.ts";

export const swingReturns: Check = {
  name: "swing-returns",
  area: "returns",
  question: "Is the return of every 10-minute bar close / previous close - 1?",
  tables: ["swing_bars_10m"],
  run: asking(
    "verify_swing_returns",
    {
      likelyCause:
        "bars were written while the triggers that keep returns were disabled, or returns_pct was changed by hand.",
      mend: "observer repair --check swing-returns",
    },
    ({ scope }) => [...scopeValues(scope), SAMPLES],
  ),
  mend: recomputeReturns,
};
