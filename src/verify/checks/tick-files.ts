import type { Check } from "../check.ts";
import { asking } from "../defects.ts";

export const tickFiles: Check = {
  name: "tick-files",
  area: "ledger",
  question: "Are there as many ticks of every file as the ledger says were loaded?",
  tables: ["scalp_ticks", "ingest_files"],
  run: asking(
    "verify_tick_files",
    {
      likelyCause: "ticks were deleted or changed by hand, or a partition was dropped without an archive.",
      mend: "observer rollback file <path>, then observer backfill <folder>; a dropped month comes back from a backup.",
    },
    () => [],
  ),
};
