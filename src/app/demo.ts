import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { RankedCandidate, RunResult } from "../evidence/index.ts";
import { type GroundTruth, type SampleOutcome, writeSample } from "../simulator/index.ts";
import { loadedCounts, type Store } from "../store/index.ts";
import type { VerifyReport } from "../verify/index.ts";
import { nowUs } from "./clock.ts";
import type { Settings } from "./config.ts";
import { type LoadEvents, type LoadSummary, loadRoot } from "./load.ts";
import { optimize } from "./optimize.ts";
import { openVault } from "./vault.ts";
import { verifyVault } from "./verify.ts";

export type DemoStage = "sample" | "database" | "load" | "derive" | "verify" | "optimize";

export interface DemoReport {
  home: string;
  data: string;
  sample: Pick<SampleOutcome, "kind" | "files" | "lines" | "bytes">;
  load: LoadSummary;
  /** Whether each kind of record came out as the sample's ground truth says. */
  expectations: Expectation[];
  verify: VerifyReport;
  run: RunResult;
  /** The strongest candidate of each symbol, strongest first. */
  best: (RankedCandidate & { planted: boolean })[];
  planted: GroundTruth["listings"];
  seconds: number;
}

export interface Expectation {
  records: "ticks" | "bars" | "gaps";
  rowsExpected: number;
  rowsFound: number;
  rejectsExpected: number;
  rejectsFound: number;
}

export interface DemoOptions extends Pick<LoadEvents, "onProgress" | "signal"> {
  settings: Settings;
  onStage?: (stage: DemoStage) => void;
  log?: (line: string) => void;
}

/**
 * The whole pipeline on a made-up market with a known truth, in a vault of its own under the data root: files
 * written, loaded, bars built, everything verified, thresholds searched. Running it again changes nothing.
 * Throws the signal's reason when it aborts; running it again goes on.
 */
export async function runDemo(options: DemoOptions): Promise<DemoReport> {
  const startedUs = nowUs();
  const home = join(options.settings.home, "demo");
  const data = join(home, "sample");
  const { onStage, signal } = options;
  await mkdir(home, { recursive: true, mode: 0o755 });
  onStage?.("sample");
  const sample = await writeSample({ directory: data, ...(signal === undefined ? {} : { signal }) });
  onStage?.("database");
  // Always the embedded server: the demo must never write into a database of the user's.
  const { serverProfile, serverUser, workers } = options.settings;
  const vault = await openVault({
    settings: { home, serverProfile, ...(serverUser === undefined ? {} : { serverUser }) },
    ...(options.log === undefined ? {} : { log: options.log }),
  });
  try {
    const settings = { market: "krx" as const, ...(workers === undefined ? {} : { workers }) };
    const events: LoadEvents = {
      ...(options.onProgress === undefined ? {} : { onProgress: options.onProgress }),
      ...(signal === undefined ? {} : { signal }),
      onStage: (stage) => onStage?.(stage),
    };
    const load = await loadRoot(vault, settings, data, events, { verify: false });
    signal?.throwIfAborted();
    onStage?.("verify");
    const verified = await verifyVault(vault);
    onStage?.("optimize");
    const run = await optimize(vault, {
      modes: ["mean_reversion", "momentum"],
      fill: "next_open",
      ...(signal === undefined ? {} : { signal }),
    });
    const planted = sample.truth.listings.filter(({ effect }) => effect !== null);
    return {
      home,
      data,
      sample: { kind: sample.kind, files: sample.files, lines: sample.lines, bytes: sample.bytes },
      load,
      expectations: await expectationsOf(vault.store, sample.truth),
      verify: verified,
      run,
      best: bestPerSymbol(run.ranked, new Set(planted.map(({ symbol }) => symbol))),
      planted,
      seconds: (nowUs() - startedUs) / 1e6,
    };
  } finally {
    await vault.close();
  }
}

function bestPerSymbol(ranked: readonly RankedCandidate[], planted: ReadonlySet<string>): DemoReport["best"] {
  const seen = new Set<string>();
  const best: DemoReport["best"] = [];
  for (const candidate of ranked) {
    if (seen.has(candidate.symbol)) continue;
    seen.add(candidate.symbol);
    best.push({ ...candidate, planted: planted.has(candidate.symbol) });
  }
  return best;
}

async function expectationsOf(store: Store, truth: GroundTruth): Promise<Expectation[]> {
  const found = await loadedCounts(store);
  const datasets = { ticks: "scalp", bars: "swing", gaps: "gap" } as const;
  return (["ticks", "bars", "gaps"] as const).map((records) => {
    const { rows, rejected, conflicts } = truth.expected[records];
    const counts = found.get(datasets[records]) ?? { rows: 0, rejects: 0 };
    return {
      records,
      rowsExpected: rows,
      rowsFound: counts.rows,
      rejectsExpected: rejected + conflicts,
      rejectsFound: counts.rejects,
    };
  });
}
