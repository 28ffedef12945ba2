import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { PRICE_SCALE, type TradeDate } from "../record/index.ts";
import { BAR_FAULTS, type Fault, type FaultOutcome, TICK_FAULTS } from "./fault.ts";
import type { FaultLine } from "./fault-plan.ts";
import type { SampleGap } from "./gap-plan.ts";
import type { LineFileSummary } from "./line-file.ts";
import type { PlantedEffect } from "./planted-effect.ts";
import type { SampleRecipe } from "./sample-recipe.ts";
import type { SimulatedListing } from "./simulated-listing.ts";

export const GROUND_TRUTH_FILE = "ground-truth.json";
const NOTICE =
  "Made by Observer's simulator. Symbols SIM… do not exist, no price in here was ever traded. Symbols whose effect is " +
  "null are noise: their fair value is a martingale and every rule loses its costs on average.";

export interface ListingTruth {
  symbol: string;
  market: string;
  /** Won, the close before the first day. */
  basePrice: number;
  /** Per run of the effect, before costs and spread; a fraction, and the same in bps for people. */
  effect: (PlantedEffect & { expectedReturnBps: number }) | null;
}

export interface FaultTruth {
  records: "ticks" | "bars";
  kind: string;
  lines: number;
  outcome: FaultOutcome;
  code: string | null;
}

/** How the lines of one kind of record come out: `lines` = the sum of all the others. */
export interface RecordCounts {
  lines: number;
  /** Rows in the table in the end. */
  rows: number;
  rejected: number;
  /** Lines that repeat a row as it is. */
  duplicates: number;
  /** Lines that contradict a row and are kept aside. */
  conflicts: number;
  /** Lines that became a newer version of a row. */
  replacements: number;
  blank: number;
}

export interface GroundTruth {
  format: "observer-sample";
  notice: string;
  recipe: SampleRecipe;
  tickDate: TradeDate;
  listings: ListingTruth[];
  gaps: SampleGap[];
  faults: FaultTruth[];
  faultLines: FaultLine[];
  files: LineFileSummary[];
  expected: { ticks: RecordCounts; bars: RecordCounts; gaps: RecordCounts };
}

const faultTruths = (records: "ticks" | "bars", faults: readonly Fault[]): FaultTruth[] =>
  faults.map(({ kind, lines, outcome, code }) => ({ records, kind, lines, outcome, code }));

function listingTruth({ symbol, market, basePrice, effect }: SimulatedListing): ListingTruth {
  const expectedReturnBps = Math.round((effect?.expectedReturn ?? 0) * 10_000);
  return {
    symbol,
    market,
    basePrice: basePrice / PRICE_SCALE,
    effect: effect === null ? null : { ...effect, expectedReturnBps },
  };
}

function countsOf(files: readonly LineFileSummary[], folder: string, faults: readonly Fault[]): RecordCounts {
  const linesWith = (outcome: FaultOutcome) =>
    faults.reduce((sum, fault) => sum + (fault.outcome === outcome ? fault.lines : 0), 0);
  const lines = files.reduce((sum, file) => sum + (file.path.startsWith(folder) ? file.lines : 0), 0);
  const counts = {
    rejected: linesWith("rejected"),
    duplicates: linesWith("duplicate"),
    conflicts: linesWith("conflict"),
    replacements: linesWith("replaces"),
    blank: linesWith("ignored"),
  };
  return { lines, rows: lines - Object.values(counts).reduce((sum, count) => sum + count, 0), ...counts };
}

/** Puts together the truth about a sample whose files are written. */
export function groundTruth(
  recipe: SampleRecipe,
  tickDate: TradeDate,
  listings: readonly SimulatedListing[],
  gaps: SampleGap[],
  faultLines: FaultLine[],
  files: LineFileSummary[],
): GroundTruth {
  return {
    format: "observer-sample",
    notice: NOTICE,
    recipe,
    tickDate,
    listings: listings.map(listingTruth),
    gaps,
    faults: [...faultTruths("ticks", TICK_FAULTS), ...faultTruths("bars", BAR_FAULTS)],
    faultLines,
    files,
    expected: {
      ticks: countsOf(files, "scalp/", TICK_FAULTS),
      bars: countsOf(files, "swing/", BAR_FAULTS),
      gaps: countsOf(files, "system/", []),
    },
  };
}

const sealOf = (truth: unknown): string => createHash("sha256").update(JSON.stringify(truth)).digest("hex");

/** Written last: a folder with a sound ground truth holds a whole sample. */
export async function writeGroundTruth(root: string, truth: GroundTruth): Promise<void> {
  const text = JSON.stringify({ ...truth, seal: sealOf(truth) }, null, 1);
  await writeFile(join(root, GROUND_TRUTH_FILE), `${text}\n`, { flag: "wx" });
}

/** The seal covers every byte of meaning: what carries a right one was written by us and not touched since. */
function isSealed(value: unknown): value is GroundTruth & { seal: string } {
  if (typeof value !== "object" || value === null || !("seal" in value)) return false;
  const { seal, ...truth } = value;
  return seal === sealOf(truth);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The ground truth of the sample in a folder; null when there is none, or not one this program wrote. */
export async function readGroundTruth(root: string): Promise<GroundTruth | null> {
  const text = await readFile(join(root, GROUND_TRUTH_FILE), "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return "";
    throw error;
  });
  const value = parseJson(text);
  if (!isSealed(value)) return null;
  const { seal: _, ...truth } = value;
  return truth;
}
