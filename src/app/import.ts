import type { CsvColumnMap } from "../codec/index.ts";
import { type DeriveReport, deriveForFiles } from "../derive/index.ts";
import { type BackfillReport, importCsvBars } from "../ingest/index.ts";
import { nowUs } from "./clock.ts";
import type { Settings } from "./config.ts";
import { knownInstruments } from "./instruments.ts";
import type { LoadEvents, LoadSummary } from "./load.ts";
import { threadsFor } from "./threads.ts";
import type { Vault } from "./vault.ts";

/**
 * Loads CSV bars, one file or a folder of them, and does the work that depends on them: 10-minute bars from 1-minute
 * ones, returns, gaps. Previous closes of daily prices are kept with the rows themselves.
 */
export async function importBars(
  vault: Vault,
  settings: Pick<Settings, "workers" | "market">,
  source: { path: string; map: CsvColumnMap },
  events: LoadEvents = {},
): Promise<LoadSummary> {
  const startedUs = nowUs();
  events.onStage?.("load");
  const loaded: BackfillReport = await importCsvBars({
    store: vault.store,
    path: source.path,
    map: source.map,
    workers: threadsFor(settings.workers),
    market: settings.market,
    instruments: await knownInstruments(vault.store),
    nowUs: startedUs,
    ...(events.signal === undefined ? {} : { signal: events.signal }),
    ...(events.onProgress === undefined ? {} : { onProgress: events.onProgress }),
  });
  const loadedUs = nowUs();
  events.onStage?.("derive");
  const derived: DeriveReport | null = loaded.interrupted
    ? null
    : await deriveForFiles(vault.store, {
        swingBars: "build",
        ...(events.signal === undefined ? {} : { signal: events.signal }),
      });
  return {
    loaded,
    derived,
    loadSeconds: (loadedUs - startedUs) / 1e6,
    deriveSeconds: (nowUs() - loadedUs) / 1e6,
  };
}
