import type { Check } from "../check.ts";
import { asking } from "../defects.ts";

export const swingSlots: Check = {
  name: "swing-slots",
  area: "calendar",
  question: "Does every 10-minute bar that passes for normal lie in a slot of the session calendar?",
  tables: ["swing_bars_10m"],
  run: asking("verify_swing_slots", {
    likelyCause:
      "the bars were loaded with other session hours or with the market set to generic, or their times are not in the zone they claim.",
    mend: 'take the file back with "observer rollback file <path>" and load it again; rows without a file came live or from another program and must be corrected by hand.',
  }),
};
