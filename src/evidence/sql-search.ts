import { ObserverError } from "../errors/index.ts";
import type { SearchDirections, SearchFill, SearchMode } from "../kernels/index.ts";
import { calendarCoverage, commissionPresets } from "../market/index.ts";
import type { TradeDate } from "../record/index.ts";

/** What to search. Thresholds are fractions of price; the defaults are the original query's grid. */
export interface SqlSearchOptions {
  /** All: every symbol with a bar in the period. */
  symbols: readonly string[] | "all";
  /** Korean trading dates, both included. */
  from: TradeDate;
  to: TradeDate;
  entryThresholds?: readonly number[];
  /** Only those below the entry threshold are tried with it. */
  exitThresholds?: readonly number[];
  /** Longest hold, in ten-minute bars. */
  holdBars?: readonly number[];
  modes?: readonly SearchMode[];
  directions?: SearchDirections;
  fill?: SearchFill;
  /** Id of a commission preset of the rule book, whose taxes then apply too; "none": no costs at all. */
  costs?: string;
  /** Candidates with fewer trades are kept and counted, but not ranked. */
  minTrades?: number;
}

/** The whole question, every default spelled out: what `config_hash` is the hash of. */
export interface SqlSearch {
  readonly symbols: readonly string[] | "all";
  readonly from: TradeDate;
  readonly to: TradeDate;
  readonly entryThresholds: readonly number[];
  readonly exitThresholds: readonly number[];
  readonly holdBars: readonly number[];
  readonly modes: readonly SearchMode[];
  readonly directions: SearchDirections;
  readonly fill: SearchFill;
  readonly costs: string;
  readonly minTrades: number;
}

// Divided, not added up: 0.003 + 0.002 + … would drift off the decimals that are meant.
const SEED_ENTRIES = [5, 10, 15, 20, 25, 30].map((perMille) => perMille / 1000);
const SEED_EXITS = [3, 5, 7, 9, 11, 13, 15, 17, 19].map((perMille) => perMille / 1000);

/** Spells out the defaults and puts lists in order, so that one question has one hash. Throws OBS_SEARCH_INVALID. */
export function sqlSearch(options: SqlSearchOptions): SqlSearch {
  const search: SqlSearch = {
    symbols: options.symbols === "all" ? "all" : [...new Set(options.symbols)].sort(),
    from: options.from,
    to: options.to,
    entryThresholds: ascending(options.entryThresholds ?? SEED_ENTRIES),
    exitThresholds: ascending(options.exitThresholds ?? SEED_EXITS),
    holdBars: ascending(options.holdBars ?? [6]),
    modes: [...new Set(options.modes ?? (["mean_reversion"] as const))].sort(),
    directions: options.directions ?? "long",
    fill: options.fill ?? "signal_close",
    costs: options.costs ?? "kis-bankis-online",
    minTrades: options.minTrades ?? 30,
  };
  const problems = problemsOf(search);
  if (problems.length > 0) {
    throw new ObserverError(
      "OBS_SEARCH_INVALID",
      `this search cannot be run: ${problems.join("; ")}`,
      "thresholds are fractions in the library (0.005) and percent on the command line (0.5), holds are whole bars of ten minutes, dates are YYYY-MM-DD.",
    );
  }
  return search;
}

function problemsOf(search: SqlSearch): string[] {
  const problems: string[] = [];
  const covered = calendarCoverage();
  const presets = ["none", ...commissionPresets.map((preset) => preset.id)];
  if (search.from > search.to)
    problems.push(`the period ends (${search.to}) before it begins (${search.from})`);
  if (search.from < covered.from || search.to > covered.to) {
    problems.push(`${search.from}..${search.to} is not within the calendar (${covered.from}..${covered.to})`);
  }
  if (search.symbols.length === 0) problems.push("no symbols");
  if (search.modes.length === 0) problems.push("no modes");
  for (const threshold of [...search.entryThresholds, ...search.exitThresholds]) {
    if (!(threshold > 0 && threshold < 1)) problems.push(`threshold ${threshold} is not between 0 and 1`);
  }
  for (const bars of search.holdBars) {
    if (!(Number.isInteger(bars) && bars >= 1 && bars <= 100)) problems.push(`hold of ${bars} bars`);
  }
  if (combinationsOf(search) === 0) problems.push("no pair of thresholds with the exit below the entry");
  if (!presets.includes(search.costs))
    problems.push(`costs "${search.costs}" (there are ${presets.join(", ")})`);
  if (!(Number.isInteger(search.minTrades) && search.minTrades >= 1)) {
    problems.push(`at least ${search.minTrades} trades`);
  }
  return problems;
}

/** Combinations tried on each symbol. */
export function combinationsOf(search: SqlSearch): number {
  const pairs = search.entryThresholds.flatMap((entry) =>
    search.exitThresholds.filter((exit) => exit < entry),
  );
  return pairs.length * search.holdBars.length * search.modes.length;
}

function ascending(values: readonly number[]): number[] {
  return [...new Set(values)].sort((left, right) => left - right);
}
