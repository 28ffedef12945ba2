import type { Check } from "../check.ts";
import { asking } from "../defects.ts";

export const targetWeightsSum: Check = {
  name: "target-weights-sum",
  area: "portfolio",
  question: "Does every set of target weights add up to 1, to one percent?",
  tables: ["target_weights"],
  run: asking(
    "verify_target_weights",
    {
      likelyCause: "part of a set was loaded or deleted.",
      mend: "load the whole set again.",
    },
    ({ scope }) => [scope.start, scope.end],
  ),
};
