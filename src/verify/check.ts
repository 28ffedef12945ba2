import type { TimeUs } from "../record/index.ts";
import type { Store } from "../store/index.ts";
import type { Scope } from "./scope.ts";

export type Area =
  | "schema"
  | "integrity"
  | "bars"
  | "returns"
  | "gaps"
  | "calendar"
  | "portfolio"
  | "evidence"
  | "ledger"
  | "plans";

/** The key fields of a row at fault, instants as ISO 8601 in Korean time. */
export type SampleRow = Readonly<Record<string, string | number | boolean | null>>;

export type CheckResult =
  | { readonly kind: "passed" }
  | {
      readonly kind: "failed";
      /** Rows at fault; `samples` shows the first of them. */
      readonly count: number;
      readonly samples: readonly SampleRow[];
      readonly likelyCause: string;
      /** What to run or do about it. */
      readonly mend: string;
    }
  | { readonly kind: "skipped"; readonly reason: string }
  /** Nothing to pass or fail: what the data look like. */
  | { readonly kind: "noted"; readonly rows: readonly SampleRow[] };

export interface CheckContext {
  readonly store: Store;
  readonly scope: Scope;
  readonly nowUs: TimeUs;
}

/** One thing that `repair` would do, or finds that it cannot. */
export type MendStep =
  | {
      readonly kind: "do";
      readonly what: string;
      /** Does it, in transactions of its own; returns how many rows or objects changed. */
      apply(): Promise<number>;
    }
  | { readonly kind: "cannot"; readonly what: string; readonly why: string };

export interface Check {
  readonly name: string;
  readonly area: Area;
  /** What the check asks, in one sentence. */
  readonly question: string;
  /** Tables it judges; a scope that names tables runs only checks of these. */
  readonly tables: readonly string[];
  run(context: CheckContext): Promise<CheckResult>;
  /** The steps that make the check pass again, found anew from the data. Absent: only a person can decide. */
  readonly mend?: (context: CheckContext) => Promise<MendStep[]>;
}

export const SAMPLES = 20;
