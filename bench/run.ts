import { benchBuildBars } from "./build-bars.bench.js";
import { benchHotQueries } from "./hot-queries.bench.js";
import { benchLoadTicks } from "./load-ticks.bench.js";
import { benchReadColumns } from "./read-columns.bench.js";
import { benchVerifyMonth } from "./verify-month.bench.js";

/** `npm run bench [name …]`: all benches, or the named ones. */
const BENCHES: Record<string, () => Promise<void>> = {
  "load-ticks": benchLoadTicks,
  "build-bars": benchBuildBars,
  "read-columns": benchReadColumns,
  "hot-queries": benchHotQueries,
  "verify-month": benchVerifyMonth,
};

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !(name in BENCHES));
if (unknown.length > 0) {
  console.error(`no bench named ${unknown.join(", ")}; there are ${Object.keys(BENCHES).join(", ")}`);
  process.exit(2);
}
for (const [name, bench] of Object.entries(BENCHES)) {
  if (asked.length === 0 || asked.includes(name)) await bench();
}
