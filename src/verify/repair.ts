import type { Store } from "../store/index.ts";
import type { CheckContext } from "./check.ts";
import { CHECKS } from "./registry.ts";
import { checkScope } from "./scope.ts";
import { type VerifyOptions, type VerifyReport, verify } from "./verify.ts";

export interface RepairOptions extends VerifyOptions {
  /** Only say what would be done. */
  readonly plan: boolean;
}

export interface RepairStep {
  readonly check: string;
  readonly what: string;
  readonly outcome:
    | { readonly kind: "planned" }
    | { readonly kind: "done"; readonly changed: number }
    | { readonly kind: "cannot"; readonly why: string }
    | { readonly kind: "failed"; readonly error: string };
}

export interface RepairReport {
  readonly before: VerifyReport;
  readonly steps: readonly RepairStep[];
  /** The checks that had failed, asked again; null when nothing was to be changed, or only planned. */
  readonly after: VerifyReport | null;
}

/**
 * Mends what failed checks found, as far as the stored data say how, and asks those checks again. Each step is done in
 * transactions of its own, or not at all; one that fails does not stop the others. Nothing is dropped.
 */
export async function repair(store: Store, options: RepairOptions): Promise<RepairReport> {
  const before = await verify(store, options);
  const failed = before.checks.filter(({ result }) => result.kind === "failed");
  const context: CheckContext = { store, scope: checkScope(options.scope ?? {}), nowUs: options.nowUs };
  const steps: RepairStep[] = [];
  for (const report of failed) {
    const check = CHECKS.find(({ name }) => name === report.name);
    if (check?.mend === undefined) {
      const why = report.result.kind === "failed" ? report.result.mend : "";
      steps.push({ check: report.name, what: report.question, outcome: { kind: "cannot", why } });
      continue;
    }
    steps.push(...(await mendCheck(check.name, check.mend, context, options.plan)));
  }
  if (options.plan || failed.length === 0) return { before, steps, after: null };
  return {
    before,
    steps,
    after: await verify(store, { ...options, checks: failed.map(({ name }) => name) }),
  };
}

async function mendCheck(
  check: string,
  mend: NonNullable<(typeof CHECKS)[number]["mend"]>,
  context: CheckContext,
  isPlan: boolean,
): Promise<RepairStep[]> {
  const done: RepairStep[] = [];
  try {
    for (const step of await mend(context)) {
      const { what } = step;
      if (step.kind === "cannot") done.push({ check, what, outcome: { kind: "cannot", why: step.why } });
      else if (isPlan) done.push({ check, what, outcome: { kind: "planned" } });
      else done.push({ check, what, outcome: await outcomeOf(step.apply) });
    }
  } catch (error) {
    const outcome = { kind: "failed", error: wordsOf(error) } as const;
    done.push({ check, what: "find out what is to be mended", outcome });
  }
  return done;
}

async function outcomeOf(apply: () => Promise<number>): Promise<RepairStep["outcome"]> {
  try {
    return { kind: "done", changed: await apply() };
  } catch (error) {
    return { kind: "failed", error: wordsOf(error) };
  }
}

const wordsOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
