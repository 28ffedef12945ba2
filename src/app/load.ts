import { type DeriveReport, deriveForFiles } from "../derive/index.ts";
import { type BackfillProgress, type BackfillReport, backfill } from "../ingest/index.ts";
import { nowUs } from "./clock.ts";
import type { Settings } from "./config.ts";
import { knownInstruments } from "./instruments.ts";
import { threadsFor } from "./threads.ts";
import type { Vault } from "./vault.ts";

export interface LoadSummary {
  loaded: BackfillReport;
  /** null when the load was interrupted; the next run does it. */
  derived: DeriveReport | null;
  loadSeconds: number;
  deriveSeconds: number;
}

export interface LoadEvents {
  onProgress?: (progress: BackfillProgress) => void;
  onStage?: (stage: "load" | "derive") => void;
  signal?: AbortSignal;
}

/** Loads a data root and does the work that depends on it: bars, coverage, returns, gaps. */
export async function loadRoot(
  vault: Vault,
  settings: Pick<Settings, "workers" | "market">,
  root: string,
  events: LoadEvents = {},
): Promise<LoadSummary> {
  const startedUs = nowUs();
  events.onStage?.("load");
  const loaded = await backfill({
    store: vault.store,
    root,
    workers: threadsFor(settings.workers),
    market: settings.market,
    instruments: await knownInstruments(vault.store),
    nowUs: startedUs,
    ...(events.signal === undefined ? {} : { signal: events.signal }),
    ...(events.onProgress === undefined ? {} : { onProgress: events.onProgress }),
  });
  const loadedUs = nowUs();
  events.onStage?.("derive");
  const derived = loaded.interrupted
    ? null
    : await deriveForFiles(vault.store, events.signal === undefined ? {} : { signal: events.signal });
  return {
    loaded,
    derived,
    loadSeconds: (loadedUs - startedUs) / 1e6,
    deriveSeconds: (nowUs() - loadedUs) / 1e6,
  };
}
