import type { Check } from "../check.ts";
import { asking } from "../defects.ts";

export const orderTotals: Check = {
  name: "order-totals",
  area: "portfolio",
  question: "Do orders agree with their fills, and plans with their orders?",
  tables: ["rebalance_plan", "rebalance_orders", "rebalance_execution"],
  run: asking("verify_order_totals", {
    likelyCause:
      "execution was interrupted between its steps by another program, or a row was changed by hand.",
    mend: "cancel the plan and plan anew; fills stay as they are.",
  }),
};
