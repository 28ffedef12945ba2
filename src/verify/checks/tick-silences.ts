import { findGaps } from "../../derive/index.ts";
import type { Check } from "../check.ts";
import { repairCommand, resultOf } from "../defects.ts";
import { symbolDays } from "../mends/symbol-days.ts";
import { allInSlices, findInSlices } from "../tick-slices.ts";

const NAME = "tick-silences";

export const tickSilences: Check = {
  name: NAME,
  area: "gaps",
  question: "Is every silence of more than 10 s of a sampled symbol in continuous trading in the gap ledger?",
  tables: ["scalp_ticks", "scalp_gaps"],
  run: async (context) =>
    resultOf(await findInSlices(context, "verify_tick_silences"), {
      likelyCause: "the collector lost data without noticing, ticks were removed, or gap rows were deleted.",
      mend: `load the missing files with "observer backfill", or record the loss: ${repairCommand(NAME)}`,
    }),
  mend: async (context) => {
    const found = (await allInSlices(context, "verify_tick_silences")).flatMap(({ rows }) => rows);
    return [...symbolDays(found, "silent_from")].map(([date, symbols]) => ({
      kind: "do",
      what: `record the silences of ${symbols.length} symbols on ${date} as gaps`,
      apply: async () => (await findGaps(context.store, { symbols, from: date, to: date })).recorded,
    }));
  },
};
