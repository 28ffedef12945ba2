import type { Check } from "../check.ts";
import { asking } from "../defects.ts";

export const minuteDays: Check = {
  name: "minute-days",
  area: "calendar",
  question: "Do 1-minute bars lie on days on which a venue trades?",
  tables: ["scalp_1m_bars"],
  run: asking("verify_minute_days", {
    likelyCause:
      "the times of the ticks are not in the zone they claim, or the collector replayed an older day.",
    mend: 'take the file back with "observer rollback file <path>" and load it again; rows without a file came live or from another program and must be corrected by hand.',
  }),
};
