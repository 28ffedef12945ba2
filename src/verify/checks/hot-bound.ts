import { formatInstant } from "../../record/index.ts";
import { openClient, sqlFile } from "../../store/index.ts";
import type { Check } from "../check.ts";
import { whileCollecting } from "../collecting.ts";
import { findDefects, repairCommand, resultOf } from "../defects.ts";

const NAME = "hot-bound";

export const hotBound: Check = {
  name: NAME,
  area: "schema",
  question: "While ticks arrive, does the hot index cover the hot days, and little more?",
  tables: ["scalp_ticks"],
  run: (context) =>
    whileCollecting(context, async (now) =>
      resultOf(await findDefects(context.store.reader, "verify_hot_bound", [now]), {
        likelyCause: "maintenance has not run for more than the hot days.",
        mend: `${repairCommand(NAME)}, and see that maintenance runs every day: SELECT maintain_partitions()`,
      }),
    ),
  mend: async ({ store, nowUs }) => [
    {
      kind: "do",
      what: "move the bound of the hot indexes to the hot days; writers to those partitions wait meanwhile",
      apply: async () => {
        // Outside the pool, whose time limit an index of many million ticks may pass.
        const client = await openClient(store.urls.writer, "observer repair");
        try {
          await client.query(sqlFile("repair_hot_bound"), [formatInstant(nowUs)]);
          return 1;
        } finally {
          await client.end();
        }
      },
    },
  ],
};
