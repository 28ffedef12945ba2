import type { Check } from "../check.ts";
import { asking } from "../defects.ts";

export const barFiles: Check = {
  name: "bar-files",
  area: "ledger",
  question:
    "Are there as many bars and gaps of every file as the ledger says were loaded, less what later files replaced?",
  tables: ["swing_bars_10m", "scalp_1m_bars", "eod_prices", "scalp_gaps", "ingest_files"],
  run: asking(
    "verify_bar_files",
    {
      likelyCause: "rows were deleted or changed by hand.",
      mend: "observer rollback file <path>, then observer backfill <folder>",
    },
    () => [],
  ),
};
