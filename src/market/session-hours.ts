import { MINUTE_US, SECOND_US, type TradeDate } from "../record/index.ts";
import type { DayKind } from "./calendar.ts";
import sessionsFile from "./data/sessions.json" with { type: "json" };
import { type Dated, datedPeriods, inForce } from "./dated-periods.ts";
import { ruleBookDefect } from "./rule-book-defect.ts";

export const VENUE_CODES = ["KRX", "NXT"] as const;
export type VenueCode = (typeof VENUE_CODES)[number];

export const PHASE_NAMES = [
  "opening-auction",
  "continuous",
  "closing-auction",
  "after-close",
  "single-price",
  "pre-market",
  "after-market",
] as const;
export type PhaseName = (typeof PHASE_NAMES)[number];

/** A phase by the clock: microseconds after midnight KST, half-open [start, end). */
export interface ClockPhase {
  name: PhaseName;
  startUs: number;
  endUs: number;
}

type DayHours = Readonly<Record<DayKind, readonly ClockPhase[]>>;

const FILE = "sessions.json";

/** `HH:MM` or `HH:MM:SS` as microseconds after midnight. */
function clockTimeUs(text: string): number {
  const match = /^([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?$/.exec(text);
  if (match === null) throw ruleBookDefect(FILE, `"${text}" is not a time of day (HH:MM or HH:MM:SS)`);
  return (Number(match[1]) * 60 + Number(match[2])) * MINUTE_US + Number(match[3] ?? 0) * SECOND_US;
}

/** The phases of a day. Throws ObserverError OBS_RULE_BOOK_INVALID when unknown, empty, overlapping or without trading. */
export function readPhases(
  entries: readonly { phase: string; start: string; end: string }[],
): readonly ClockPhase[] {
  const phases: ClockPhase[] = [];
  let freeFromUs = 0;
  for (const entry of entries) {
    const name = PHASE_NAMES.find((known) => known === entry.phase);
    if (name === undefined) throw ruleBookDefect(FILE, `"${entry.phase}" is not a known phase`);
    const [startUs, endUs] = [clockTimeUs(entry.start), clockTimeUs(entry.end)];
    if (startUs < freeFromUs || endUs <= startUs) {
      throw ruleBookDefect(
        FILE,
        `${name} ${entry.start}-${entry.end} is empty or overlaps the phase before it`,
      );
    }
    phases.push({ name, startUs, endUs });
    freeFromUs = endUs;
  }
  if (!phases.some((phase) => phase.name === "continuous")) {
    throw ruleBookDefect(FILE, "a day without continuous trading");
  }
  return phases;
}

function readVenue(venue: VenueCode): readonly (Dated & DayHours)[] {
  return datedPeriods(FILE, sessionsFile[venue]).map((period) => ({
    from: period.from,
    normal: readPhases(period.normal),
    "late-open": readPhases(period["late-open"]),
    exam: readPhases(period.exam),
  }));
}

const hours: Readonly<Record<VenueCode, readonly (Dated & DayHours)[]>> = {
  KRX: readVenue("KRX"),
  NXT: readVenue("NXT"),
};

/** The phases of a trading day, in time order; null before the venue existed. */
export function sessionHours(venue: VenueCode, date: TradeDate, kind: DayKind): readonly ClockPhase[] | null {
  return inForce(hours[venue], date)?.[kind] ?? null;
}
