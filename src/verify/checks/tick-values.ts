import type { Check } from "../check.ts";
import { asking } from "../defects.ts";

export const tickValues: Check = {
  name: "tick-values",
  area: "integrity",
  question:
    "Does every tick have a price, amounts that are not negative, known flags, and a bid not above the ask outside auctions?",
  tables: ["scalp_ticks"],
  run: asking("verify_tick_values", {
    likelyCause: "ticks were written past the quality gate, by another program or an update by hand.",
    mend: 'take the file back with "observer rollback file <path>" and load it again; rows without a file came live or from another program and must be corrected by hand.',
  }),
};
