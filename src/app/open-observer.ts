import type { CsvColumnMap } from "../codec/index.ts";
import type { RunResult } from "../evidence/index.ts";
import { type Queries, queriesOn } from "../store/index.ts";
import type { VerifyReport } from "../verify/index.ts";
import { type PresetName, parseColumnMap, presetMap } from "./column-map.ts";
import { type GivenSettings, readConfig } from "./config.ts";
import { importBars } from "./import.ts";
import { type LoadEvents, type LoadSummary, loadRoot } from "./load.ts";
import { type OptimizeRequest, optimize } from "./optimize.ts";
import { openVault } from "./vault.ts";
import { type VerifyRequest, verifyVault } from "./verify.ts";

/**
 * Settings of `observer config show`. Given here they go before the environment, and that before the file
 * `observer.config.json` of the working folder; `databaseUrl: null` asks for the embedded database whatever they say.
 */
export interface ObserverOptions extends Omit<GivenSettings, "language" | "logLevel"> {
  /** Told what takes time: initialising, migrating. */
  log?: (line: string) => void;
}

/** An opened vault: the questions one can ask of it, and the work one can do in it. */
export interface Observer extends Queries {
  /** Loads the JSONL files under a data root, then builds the bars, coverage, returns and gaps that depend on them. */
  backfill(root: string, events?: LoadEvents): Promise<LoadSummary>;
  /** Loads CSV bars, a file or a folder of them, read by a preset or a map of one's own, and builds what depends on them. */
  importBars(path: string, map: PresetName | CsvColumnMap, events?: LoadEvents): Promise<LoadSummary>;
  /** Searches thresholds inside the database and keeps the run. Throws OBS_SEARCH_INVALID, OBS_NOTHING_TO_SEARCH. */
  optimize(request?: OptimizeRequest): Promise<RunResult>;
  /** Runs the checks on what is stored; failed checks are in the report. */
  verify(request?: VerifyRequest): Promise<VerifyReport>;
  /** Ends the connections, and the embedded server with its last user. A process that forgets it does not end. */
  close(): Promise<void>;
}

/**
 * Opens the vault that the command line uses in the same place: the embedded database, or the one of DATABASE_URL.
 * Throws OBS_CONFIG_INVALID with every problem at once, OBS_DATABASE_UNREACHABLE, OBS_SCHEMA_BEHIND, OBS_CLUSTER_….
 */
export async function openObserver(options: ObserverOptions = {}): Promise<Observer> {
  const { log, ...given } = options;
  const { settings } = readConfig(process.env, process.cwd(), given);
  const vault = await openVault({ settings, ...(log === undefined ? {} : { log }) });
  return {
    ...queriesOn(vault.store),
    backfill: (root, events) => loadRoot(vault, settings, root, events),
    importBars: (path, map, events) =>
      importBars(
        vault,
        settings,
        { path, map: typeof map === "string" ? presetMap(map) : parseColumnMap("importBars", map) },
        events,
      ),
    optimize: (request = {}) => optimize(vault, request),
    verify: (request) => verifyVault(vault, request),
    close: () => vault.close(),
  };
}
