import type { Check } from "../check.ts";
import { asking } from "../defects.ts";

export const fileRejects: Check = {
  name: "file-rejects",
  area: "ledger",
  question: "Does ingest_rejects hold as many rejects of every file as its ledger counts?",
  tables: ["ingest_files", "ingest_rejects"],
  run: asking(
    "verify_file_rejects",
    {
      likelyCause: "rejects were deleted.",
      mend: "observer rollback file <path>, then observer backfill <folder> judges every line again.",
    },
    () => [],
  ),
};
