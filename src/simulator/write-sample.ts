import { planBarFaults, writeBarFiles } from "./bar-files.ts";
import type { FaultLine } from "./fault-plan.ts";
import { writeGapFiles } from "./gap-files.ts";
import { planGaps } from "./gap-plan.ts";
import { type GroundTruth, groundTruth, writeGroundTruth } from "./ground-truth.ts";
import type { LineFileSummary } from "./line-file.ts";
import { publish, sampleIn } from "./sample-directory.ts";
import { recipeDays, type SampleRecipe, sampleRecipe } from "./sample-recipe.ts";
import { simulateBars } from "./simulated-day.ts";
import { simulatedListings } from "./simulated-listing.ts";
import { SymbolMarket } from "./symbol-market.ts";
import type { TenMinuteBar } from "./ten-minute-bar.ts";
import { writeTickFiles } from "./tick-files.ts";

export interface SampleRequest extends Partial<Omit<SampleRecipe, "version">> {
  /** The data root to be: `scalp/`, `swing/`, `system/` and `ground-truth.json` come to lie in it. */
  directory: string;
  /** Stops the generation between two days; nothing is left behind then. */
  signal?: AbortSignal;
}

export interface SampleOutcome {
  /** `present`: the folder holds this very sample already and nothing was done. */
  kind: "written" | "present";
  files: number;
  lines: number;
  /** On disk. */
  bytes: number;
  truth: GroundTruth;
}

const sum = (files: readonly LineFileSummary[], part: "lines" | "bytes") =>
  files.reduce((total, file) => total + file[part], 0);

const outcome = (kind: SampleOutcome["kind"], truth: GroundTruth): SampleOutcome => ({
  kind,
  files: truth.files.length,
  lines: sum(truth.files, "lines"),
  bytes: sum(truth.files, "bytes"),
  truth,
});

/**
 * Writes a seeded sample of made-up market data: 10-minute bars of a universe over some days, a day of ticks at
 * 2 Hz, a ledger of gaps in which records are really missing, a few faulty lines of every kind, and
 * `ground-truth.json`, which says what was planted, what is missing and what a reader must make of every fault.
 * The same request gives the same text on every machine.
 *
 * The folder must be empty, absent, or hold this very sample. Throws OBS_SAMPLE_DIRECTORY_TAKEN otherwise, and
 * RangeError for a request that makes no sense.
 */
export async function writeSample({ directory, signal, ...wanted }: SampleRequest): Promise<SampleOutcome> {
  const recipe = sampleRecipe(wanted);
  const present = await sampleIn(directory, recipe);
  if (present !== null) return outcome("present", present);
  return publish(directory, async (staging) => {
    const truth = await generate(staging, recipe, signal);
    await writeGroundTruth(staging, truth);
    return outcome("written", truth);
  });
}

async function generate(root: string, recipe: SampleRecipe, signal?: AbortSignal): Promise<GroundTruth> {
  const { seed } = recipe;
  const days = recipeDays(recipe);
  const firstDay = days.at(0);
  const tickDay = days.at(-1);
  if (firstDay === undefined || tickDay === undefined) throw new RangeError("a sample needs a trading day");
  const listings = simulatedListings(seed, recipe.swingSymbols);
  const markets = listings.map((listing) => new SymbolMarket(seed, listing, firstDay));
  const sampled = markets.slice(0, recipe.tickSymbols);
  const gaps = planGaps(
    days,
    sampled.map((market) => market.listing.symbol),
  );
  const faultLines: FaultLine[] = [];
  const files: LineFileSummary[] = [];
  const barDays = {
    days,
    markets,
    gaps,
    faults: planBarFaults(seed, days, gaps, markets.length),
    faultLines,
  };
  for (const [dayIndex, day] of days.entries()) {
    signal?.throwIfAborted();
    const barsOf: TenMinuteBar[][] = sampled.map(() => []);
    const hasTicks = day === tickDay;
    if (hasTicks)
      files.push(...(await writeTickFiles(root, { seed, day, markets: sampled, gaps, barsOf, faultLines })));
    const others = hasTicks ? markets.slice(sampled.length) : markets;
    const simulated = others.map((market) => simulateBars(market, day));
    files.push(
      ...(await writeBarFiles(root, barDays, dayIndex, hasTicks ? [...barsOf, ...simulated] : simulated)),
    );
  }
  files.push(...(await writeGapFiles(root, gaps)));
  return groundTruth(recipe, tickDay.date, listings, gaps, faultLines, files);
}
