import { formatInstant } from "../record/index.ts";
import type { CheckContext, CheckResult } from "./check.ts";
import { sampleRows } from "./defects.ts";

/** A collector that ran as lately as this will run again; longer than any holidays. */
const COLLECTING_DAYS = 10;

/** Answers for `run` while live collectors are at work; without, nothing has to be ready for their ticks. */
export async function whileCollecting(
  { store, nowUs }: CheckContext,
  run: (now: string) => Promise<CheckResult>,
): Promise<CheckResult> {
  const now = formatInstant(nowUs);
  const [row] = await sampleRows(store.reader, "verify_collecting", [now, COLLECTING_DAYS]);
  if (row?.is_collecting === true) return await run(now);
  return {
    kind: "skipped",
    reason: `no collector ran in the ${COLLECTING_DAYS} days before ${now}: no tick is expected`,
  };
}
