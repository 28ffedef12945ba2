import { ObserverError } from "../errors/index.ts";
import { type Store, withExclusiveLock } from "../store/index.ts";
import { deriveDay } from "./derive-day.ts";
import { findHolesMetBy, listDueFiles, markDerived } from "./due-files.ts";
import { DEFAULT_SILENCE_SECONDS } from "./gaps-of-day.ts";
import { inTransaction } from "./in-transaction.ts";
import { syncSessionsOfDates } from "./market-sessions.ts";
import { planWork } from "./work-plan.ts";

export interface DeriveOptions {
  /** Ticks further apart than this, where they come at 1 Hz or more, are a gap. 10 when left out. */
  silenceSeconds?: number;
  /** `build` makes 10-minute bars wherever no other source has one; `keep`, the default, only keeps up those made before. */
  swingBars?: "build" | "keep";
  signal?: AbortSignal;
  /** Called after every half hour of bars and after every date. */
  onProgress?: (progress: DeriveProgress) => void;
}

export interface DeriveProgress {
  files: number;
  filesDerived: number;
  days: number;
  daysDone: number;
  ticks: number;
  barsWritten: number;
}

export interface DeriveReport {
  /** Files whose work was due. */
  files: number;
  /** Files whose work is done now; fewer when interrupted, or when files grew meanwhile. */
  filesDerived: number;
  days: number;
  /** Ticks read, and the symbol-minutes they fill. */
  ticks: number;
  minutes: number;
  barsInserted: number;
  barsUpdated: number;
  swingBarsWritten: number;
  gapsRecorded: number;
  gapsRemoved: number;
  interrupted: boolean;
}

/**
 * Does the work that depends on loaded files: bars and coverage of the minutes they touched, 10-minute bars built from
 * those, gaps of the symbol-days they touched. Run again, it goes on where it was stopped; with nothing due it does
 * nothing. Throws OBS_DERIVE_BUSY.
 */
export async function deriveForFiles(store: Store, options: DeriveOptions = {}): Promise<DeriveReport> {
  const busy = new ObserverError(
    "OBS_DERIVE_BUSY",
    "another process is building bars and gaps from the files loaded into this database.",
    "wait for it to end; what it leaves due is done by the next run.",
  );
  return await withExclusiveLock(store, "derive", busy, () => deriveDueFiles(store, options));
}

async function deriveDueFiles(store: Store, options: DeriveOptions): Promise<DeriveReport> {
  const files = await listDueFiles(store.writer);
  const ledgers = files.filter((file) => file.dataset === "gap");
  const plan = planWork(files, await findHolesMetBy(store.writer, ledgers));
  await syncSessionsOfDates(
    store,
    plan.days.map((day) => day.date),
  );
  const report: DeriveReport = {
    files: files.length,
    filesDerived: await inTransaction(store, (db) => markDerived(db, plan.idle)),
    days: 0,
    ticks: 0,
    minutes: 0,
    barsInserted: 0,
    barsUpdated: 0,
    swingBarsWritten: 0,
    gapsRecorded: 0,
    gapsRemoved: 0,
    interrupted: false,
  };
  const tell = () =>
    options.onProgress?.({
      files: report.files,
      filesDerived: report.filesDerived,
      days: plan.days.length,
      daysDone: report.days,
      ticks: report.ticks,
      barsWritten: report.barsInserted + report.barsUpdated,
    });
  const settings = {
    silenceSeconds: options.silenceSeconds ?? DEFAULT_SILENCE_SECONDS,
    swingBars: options.swingBars ?? "keep",
  };
  for (const work of plan.days) {
    const outcome = await deriveDay(store, work, settings, options.signal, (built) => {
      report.ticks += built.ticks;
      report.minutes += built.minutes;
      report.barsInserted += built.inserted;
      report.barsUpdated += built.updated;
      tell();
    });
    if (outcome === null) return { ...report, interrupted: true };
    report.days++;
    report.filesDerived += outcome.filesDerived;
    report.swingBarsWritten += outcome.swingBarsWritten;
    report.gapsRecorded += outcome.gapsRecorded;
    report.gapsRemoved += outcome.gapsRemoved;
    tell();
  }
  return report;
}
