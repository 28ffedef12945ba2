import { mendReturns } from "../../derive/index.ts";
import type { CheckContext, MendStep } from "../check.ts";
import { sampleRows, scopeValues } from "../defects.ts";
import { symbolDays } from "./symbol-days.ts";

export async function recomputeReturns({ store, scope }: CheckContext): Promise<MendStep[]> {
  const wrong = await sampleRows(store.reader, "verify_swing_returns", [...scopeValues(scope), null]);
  return [...symbolDays(wrong, "bar_time")].map(([date, symbols]) => ({
    kind: "do",
    what: `compute the returns of ${symbols.length} symbols on ${date} again`,
    apply: () => mendReturns(store, { symbols, from: date, to: date }),
  }));
}
