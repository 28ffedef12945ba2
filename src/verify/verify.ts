import { ObserverError } from "../errors/index.ts";
import type { TimeUs } from "../record/index.ts";
import type { Store } from "../store/index.ts";
import type { Area, Check, CheckContext, CheckResult } from "./check.ts";
import { CHECKS } from "./registry.ts";
import { checkScope, type VerifyScope } from "./scope.ts";

export interface VerifyOptions {
  readonly scope?: VerifyScope;
  /** Names of the checks to run; all that the scope allows when left out. */
  readonly checks?: readonly string[];
  readonly nowUs: TimeUs;
  /** Milliseconds of a clock that does not jump, for the times in the report. */
  readonly clockMs: () => number;
  readonly onProgress?: (progress: VerifyProgress) => void;
}

export interface VerifyProgress {
  readonly done: number;
  readonly total: number;
  /** The check that begins; null when all are done. */
  readonly check: string | null;
}

export interface CheckReport {
  readonly name: string;
  readonly area: Area;
  readonly question: string;
  readonly result: CheckResult;
  readonly seconds: number;
}

export interface VerifyReport {
  readonly passed: boolean;
  readonly checks: readonly CheckReport[];
  readonly seconds: number;
}

/**
 * Asks every check in turn. A check that throws has failed and does not stop the others.
 * Throws OBS_ARGUMENT_INVALID for a scope or a check that does not exist.
 */
export async function verify(store: Store, options: VerifyOptions): Promise<VerifyReport> {
  const { clockMs, onProgress } = options;
  const context: CheckContext = { store, scope: checkScope(options.scope ?? {}), nowUs: options.nowUs };
  const chosen = chooseChecks(options.checks, context);
  const startedMs = clockMs();
  const checks: CheckReport[] = [];
  for (const check of chosen) {
    onProgress?.({ done: checks.length, total: chosen.length, check: check.name });
    const checkStartedMs = clockMs();
    const result = await runCheck(check, context);
    const { name, area, question } = check;
    checks.push({ name, area, question, result, seconds: (clockMs() - checkStartedMs) / 1000 });
  }
  onProgress?.({ done: checks.length, total: chosen.length, check: null });
  return {
    passed: checks.every(({ result }) => result.kind !== "failed"),
    checks,
    seconds: (clockMs() - startedMs) / 1000,
  };
}

export function chooseChecks(names: readonly string[] | undefined, { scope }: CheckContext): Check[] {
  for (const name of names ?? []) {
    if (CHECKS.some((check) => check.name === name)) continue;
    const known = CHECKS.map((check) => check.name).join(", ");
    throw new ObserverError("OBS_ARGUMENT_INVALID", `there is no check ${name}`, `use one of ${known}.`);
  }
  const { tables } = scope;
  for (const table of tables ?? []) {
    if (CHECKS.some((check) => check.tables.includes(table))) continue;
    throw new ObserverError(
      "OBS_ARGUMENT_INVALID",
      `no check is about a table ${table}`,
      "name a table of docs/schema.md.",
    );
  }
  return CHECKS.filter(
    (check) =>
      (names === undefined || names.includes(check.name)) &&
      (tables === undefined || check.tables.some((table) => tables.includes(table))),
  );
}

async function runCheck(check: Check, context: CheckContext): Promise<CheckResult> {
  try {
    return await check.run(context);
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    return {
      kind: "failed",
      count: 1,
      samples: [{ error: words }],
      likelyCause:
        "the check itself could not be carried out: the schema differs, or the database stopped it.",
      mend: 'narrow the scope if it took too long; else bring the schema up to date with "observer db migrate".',
    };
  }
}
