import type { Check } from "../check.ts";
import { asking } from "../defects.ts";

export const partitionBounds: Check = {
  name: "partition-bounds",
  area: "schema",
  question:
    "Does every partition of ticks hold one Korean calendar month, and is no month gone without an archive?",
  tables: ["scalp_ticks"],
  run: asking(
    "verify_partition_bounds",
    {
      likelyCause: "a partition was made or dropped by hand.",
      mend: "restore a month that is gone from a backup, or load its files again; detach a partition with odd bounds, make its months with create_monthly_partition() and copy its rows back.",
    },
    () => [],
  ),
};
