import { formatInstant } from "../../record/index.ts";
import { sqlFile } from "../../store/index.ts";
import type { Check } from "../check.ts";
import { whileCollecting } from "../collecting.ts";
import { findDefects, repairCommand, resultOf, sampleRows } from "../defects.ts";

const NAME = "partitions-ahead";

export const partitionsAhead: Check = {
  name: NAME,
  area: "schema",
  question: "While ticks arrive, are there partitions for this month and the next?",
  tables: ["scalp_ticks"],
  run: (context) =>
    whileCollecting(context, async (now) =>
      resultOf(await findDefects(context.store.reader, "verify_partitions_ahead", [now]), {
        likelyCause: "maintenance has not run since the month before.",
        mend: `${repairCommand(NAME)}, and see that maintenance runs every day: SELECT maintain_partitions()`,
      }),
    ),
  mend: async ({ store, nowUs }) => {
    const missing = await sampleRows(store.reader, "verify_partitions_ahead", [formatInstant(nowUs)]);
    return missing.map(({ partition_name, first_day }) => ({
      kind: "do",
      what: `make partition ${partition_name}`,
      apply: async () => {
        await store.writer.query(sqlFile("ensure_month_partition"), ["scalp_ticks", first_day]);
        // Empty still, so its hot index costs nothing.
        await store.writer.query(sqlFile("repair_hot_bound"), [formatInstant(nowUs)]);
        return 1;
      },
    }));
  },
};
