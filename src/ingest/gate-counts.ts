import type { GateStatistics } from "../gate/index.ts";

/** How often each gate code was given, codes never given left out. */
export function countsOfCodes(statistics: GateStatistics): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const [code, { accept, degrade, reject }] of Object.entries(statistics.codes)) {
    const total = accept + degrade + reject;
    if (total > 0) counts[code] = total;
  }
  return counts;
}
