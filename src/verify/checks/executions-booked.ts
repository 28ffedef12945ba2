import type { Check } from "../check.ts";
import { asking } from "../defects.ts";

export const executionsBooked: Check = {
  name: "executions-booked",
  area: "portfolio",
  question: "Is every fill in the portfolio ledger with its shares, price, commission and tax?",
  tables: ["rebalance_execution", "portfolio_ledger"],
  run: asking("verify_executions_booked", {
    likelyCause: "a fill was written without its ledger entries, or one of them by hand.",
    mend: "add the missing or correcting entry to portfolio_ledger, which is append-only.",
  }),
};
