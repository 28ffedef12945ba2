import { createHash } from "node:crypto";
import closedDays from "./data/closed-days.json" with { type: "json" };
import commissions from "./data/commissions.json" with { type: "json" };
import priceLimits from "./data/price-limits.json" with { type: "json" };
import sessions from "./data/sessions.json" with { type: "json" };
import settlement from "./data/settlement.json" with { type: "json" };
import specialHours from "./data/special-hours.json" with { type: "json" };
import tickSizes from "./data/tick-sizes.json" with { type: "json" };
import transactionTax from "./data/transaction-tax.json" with { type: "json" };

/**
 * Sixteen hex digits that change with any entry of any data file, layout aside. Evidence carries them:
 * a result re-derived under another rule book can be told from one that differs for no reason.
 */
export const RULE_BOOK_VERSION: string = createHash("sha256")
  .update(
    JSON.stringify({
      closedDays,
      commissions,
      priceLimits,
      sessions,
      settlement,
      specialHours,
      tickSizes,
      transactionTax,
    }),
  )
  .digest("hex")
  .slice(0, 16);
