import type { Check } from "../check.ts";
import { asking } from "../defects.ts";

export const snapshotTotals: Check = {
  name: "snapshot-totals",
  area: "portfolio",
  question:
    "Do the positions of every snapshot add up to its invested value, and cash and invested value to its total, to one won a position?",
  tables: ["portfolio_snapshot", "portfolio_positions"],
  run: asking("verify_snapshot_totals", {
    likelyCause: "a snapshot was changed by hand, or written by another program.",
    mend: "take the snapshot again; plans that used this one must be made again.",
  }),
};
