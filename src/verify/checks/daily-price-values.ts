import type { Check } from "../check.ts";
import { asking } from "../defects.ts";

export const dailyPriceValues: Check = {
  name: "daily-price-values",
  area: "integrity",
  question: "Has every daily price a close, and a high and low that enclose the others?",
  tables: ["eod_prices"],
  run: asking("verify_daily_price_values", {
    likelyCause: "daily prices were imported by another program or changed by hand.",
    mend: 'take the file back with "observer rollback file <path>" and load it again; rows without a file came live or from another program and must be corrected by hand.',
  }),
};
