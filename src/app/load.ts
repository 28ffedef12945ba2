import { type DeriveOptions, type DeriveReport, deriveForFiles, ensureCalendar } from "../derive/index.ts";
import { type BackfillProgress, type BackfillReport, backfill } from "../ingest/index.ts";
import type { Instrument } from "../market/index.ts";
import { kstDateOf, type TimeUs } from "../record/index.ts";
import { type Store, spanOfFiles } from "../store/index.ts";
import type { VerifyReport } from "../verify/index.ts";
import { clockMs, nowUs } from "./clock.ts";
import type { Settings } from "./config.ts";
import { knownInstruments } from "./instruments.ts";
import { threadsFor } from "./threads.ts";
import type { Vault } from "./vault.ts";
import { verifyVault } from "./verify.ts";

export interface LoadSummary {
  loaded: BackfillReport;
  /** null when the load was interrupted; the next run does it. */
  derived: DeriveReport | null;
  /** Of the dates the load touched; null when there were none, it was not asked for, or the work was interrupted. */
  verified: VerifyReport | null;
  loadSeconds: number;
  deriveSeconds: number;
}

export interface LoadEvents {
  onProgress?: (progress: BackfillProgress) => void;
  onStage?: (stage: "load" | "derive" | "verify") => void;
  signal?: AbortSignal;
}

/** What every kind of load is given. */
export interface LoadBasics {
  store: Store;
  workers: number;
  market: Settings["market"];
  instruments: ReadonlyMap<string, Instrument>;
  nowUs: TimeUs;
  signal?: AbortSignal;
  onProgress?: (progress: BackfillProgress) => void;
}

export interface LoadFlow {
  load: (basics: LoadBasics) => Promise<BackfillReport>;
  derive?: Pick<DeriveOptions, "swingBars">;
  /** Check the dates the load touched. */
  verify: boolean;
}

/** Loads a data root and does the work that depends on it: bars, coverage, returns, gaps, verification. */
export async function loadRoot(
  vault: Vault,
  settings: Pick<Settings, "workers" | "market">,
  root: string,
  events: LoadEvents = {},
  options: { verify: boolean } = { verify: true },
): Promise<LoadSummary> {
  return await runLoad(vault, settings, events, {
    ...options,
    load: (basics) => backfill({ ...basics, root }),
  });
}

/** The stages of every load: rows in, what follows from them, and whether it is right. */
export async function runLoad(
  vault: Vault,
  settings: Pick<Settings, "workers" | "market">,
  events: LoadEvents,
  flow: LoadFlow,
): Promise<LoadSummary> {
  const { signal, onProgress, onStage } = events;
  const startedMs = clockMs();
  onStage?.("load");
  const loaded = await flow.load({
    store: vault.store,
    workers: threadsFor(settings.workers),
    market: settings.market,
    instruments: await knownInstruments(vault.store),
    nowUs: nowUs(),
    ...(signal === undefined ? {} : { signal }),
    ...(onProgress === undefined ? {} : { onProgress }),
  });
  const loadedMs = clockMs();
  const times = () => ({
    loadSeconds: (loadedMs - startedMs) / 1000,
    deriveSeconds: (clockMs() - loadedMs) / 1000,
  });
  if (loaded.interrupted) return { loaded, derived: null, verified: null, ...times() };
  onStage?.("derive");
  await ensureCalendar(vault.store);
  const derived = await deriveForFiles(vault.store, {
    ...flow.derive,
    ...(signal === undefined ? {} : { signal }),
  });
  const took = times();
  const dates = flow.verify && !derived.interrupted ? await touchedDates(vault.store, loaded) : null;
  if (dates === null) return { loaded, derived, verified: null, ...took };
  onStage?.("verify");
  return { loaded, derived, verified: await verifyVault(vault, { scope: dates }), ...took };
}

/** The Korean dates between the first and the last record of the files that brought something new. */
async function touchedDates(
  store: Store,
  loaded: BackfillReport,
): Promise<{ from: string; to: string } | null> {
  const touched = loaded.files.filter(
    ({ outcome }) => outcome.kind === "loaded" && outcome.rows + outcome.updated > 0,
  );
  const span = await spanOfFiles(
    store,
    touched.map(({ fileId }) => fileId),
  );
  return span === null ? null : { from: kstDateOf(span.firstUs), to: kstDateOf(span.lastUs) };
}
