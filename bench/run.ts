import { benchLoadTicks } from "./load-ticks.bench.js";
import { benchReadColumns } from "./read-columns.bench.js";

/** `npm run bench [name …]`: all benches, or the named ones. */
const BENCHES: Record<string, () => Promise<void>> = {
  "load-ticks": benchLoadTicks,
  "read-columns": benchReadColumns,
};

const asked = process.argv.slice(2);
for (const [name, bench] of Object.entries(BENCHES)) {
  if (asked.length === 0 || asked.includes(name)) await bench();
}
