import type { Check } from "../check.ts";
import { asking } from "../defects.ts";

export const minuteBarValues: Check = {
  name: "minute-bar-values",
  area: "integrity",
  question:
    "Has every 1-minute bar all its prices, a high and low that enclose the others, and the start of a minute as its time?",
  tables: ["scalp_1m_bars"],
  run: asking("verify_minute_bar_values", {
    likelyCause: "bars were changed by hand, or imported by another program.",
    mend: 'observer repair --check minute-bars-match-ticks builds those made from ticks again; imported ones: take the file back with "observer rollback file <path>" and load it again; rows without a file came live or from another program and must be corrected by hand.',
  }),
};
