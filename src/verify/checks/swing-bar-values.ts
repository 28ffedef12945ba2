import type { Check } from "../check.ts";
import { asking } from "../defects.ts";

export const swingBarValues: Check = {
  name: "swing-bar-values",
  area: "integrity",
  question:
    "Has every 10-minute bar all its prices and its volume, a high and low that enclose the others, and a bid not above the ask outside auctions?",
  tables: ["swing_bars_10m"],
  run: asking("verify_swing_bar_values", {
    likelyCause: "bars were written past the quality gate, by another program or an update by hand.",
    mend: 'take the file back with "observer rollback file <path>" and load it again; rows without a file came live or from another program and must be corrected by hand.',
  }),
};
