import type { Check } from "../check.ts";
import { asking } from "../defects.ts";

export const fileLines: Check = {
  name: "file-lines",
  area: "ledger",
  question: "Does every loaded file account for each of its lines?",
  tables: ["ingest_files"],
  run: asking(
    "verify_file_lines",
    {
      likelyCause: "the counters of the ledger were changed by hand.",
      mend: "observer rollback file <path>, then observer backfill <folder>",
    },
    () => [],
  ),
};
