import type { Check } from "../check.ts";
import { asking } from "../defects.ts";

export const filesSettled: Check = {
  name: "files-settled",
  area: "ledger",
  question: "Is every file of the ledger loaded to its end, with the bars and gaps that depend on it?",
  tables: ["ingest_files"],
  run: asking(
    "verify_unsettled_files",
    {
      likelyCause: "a back-fill is running, was interrupted, or met files it could not read.",
      mend: "observer backfill <folder> goes on where it stopped; a changed file must be taken back first: observer rollback file <path>",
    },
    () => [],
  ),
};
