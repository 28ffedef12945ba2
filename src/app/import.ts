import type { CsvColumnMap } from "../codec/index.ts";
import { importCsvBars } from "../ingest/index.ts";
import type { Settings } from "./config.ts";
import { type LoadEvents, type LoadSummary, runLoad } from "./load.ts";
import type { Vault } from "./vault.ts";

/**
 * Loads CSV bars, one file or a folder of them, and does the work that depends on them: 10-minute bars from 1-minute
 * ones, returns, gaps, verification. Previous closes of daily prices are kept with the rows themselves.
 */
export async function importBars(
  vault: Vault,
  settings: Pick<Settings, "workers" | "market">,
  source: { path: string; map: CsvColumnMap },
  events: LoadEvents = {},
  options: { verify: boolean } = { verify: true },
): Promise<LoadSummary> {
  return await runLoad(vault, settings, events, {
    ...options,
    derive: { swingBars: "build" },
    load: (basics) => importCsvBars({ ...basics, ...source }),
  });
}
