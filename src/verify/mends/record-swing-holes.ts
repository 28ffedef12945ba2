import { findGaps } from "../../derive/index.ts";
import { formatInstant } from "../../record/index.ts";
import { sqlFile } from "../../store/index.ts";
import type { CheckContext, MendStep, SampleRow } from "../check.ts";
import { sampleRows, scopeValues } from "../defects.ts";
import { symbolDays } from "./symbol-days.ts";

/**
 * A day with some bars of a symbol shows its holes by itself, and deriving keeps those rows up when late data fill
 * them. A day without any bar of a symbol, or of all, is known from the calendar alone and recorded once.
 */
export async function recordSwingHoles(context: CheckContext): Promise<MendStep[]> {
  const steps: MendStep[] = [];
  const days = symbolDays(await findHoles(context), "hole_from");
  for (const [date, symbols] of days) {
    if (symbols.length === 0) continue;
    const apply = async () => {
      const { recorded } = await findGaps(context.store, { symbols, from: date, to: date });
      return recorded;
    };
    steps.push({
      kind: "do",
      what: `record the holes of ${symbols.length} symbols on ${date} as gaps`,
      apply,
    });
  }
  if (days.size === 0) return steps;
  const recordRest = async () => {
    const rest = await findHoles(context);
    for (const { symbol, hole_from, hole_to } of rest)
      await context.store.writer.query(sqlFile("repair_swing_hole"), [symbol, hole_from, hole_to]);
    return rest.length;
  };
  steps.push({
    kind: "do",
    what: "record days without any bar as gaps of their symbols, or of all",
    apply: recordRest,
  });
  return steps;
}

async function findHoles({ store, scope, nowUs }: CheckContext): Promise<SampleRow[]> {
  const values = [...scopeValues(scope), formatInstant(nowUs), null];
  return await sampleRows(store.reader, "verify_swing_holes", values);
}
