import type { Check } from "../check.ts";
import { asking } from "../defects.ts";
import { settleGapRows } from "../mends/settle-gap-rows.ts";

export const gapRows: Check = {
  name: "gap-rows",
  area: "gaps",
  question: "Does every gap row agree with itself and with the other rows of its session?",
  tables: ["scalp_gaps"],
  run: asking("verify_gap_rows", {
    likelyCause:
      "two processes kept the ledger of one session, a collector died before it closed its gap, or a row was changed by hand.",
    mend: "observer repair --check gap-rows mends lengths and gaps left open; which of two overlapping rows is right only their source can tell.",
  }),
  mend: settleGapRows,
};
