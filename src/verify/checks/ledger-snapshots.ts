import type { Check } from "../check.ts";
import { asking } from "../defects.ts";

export const ledgerSnapshots: Check = {
  name: "ledger-snapshots",
  area: "portfolio",
  question: "Does every snapshot hold the shares and the cash that the ledger gives for its instant?",
  tables: ["portfolio_snapshot", "portfolio_positions", "portfolio_ledger"],
  run: asking("verify_ledger_snapshots", {
    likelyCause:
      "entries were added to the ledger for a time before the snapshot, or the snapshot was changed by hand.",
    mend: "take the snapshot again; one that plans have used stays, with this difference noted.",
  }),
};
