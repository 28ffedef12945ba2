import { formatInstant, type TimeUs } from "../../record/index.ts";
import type { Store } from "../store.ts";
import { checkChoice, checkText } from "./argument-checks.ts";
import { type Page, type PageRequest, readPage } from "./page.ts";
import { type DatabaseRow, instant, orNull, text, whole } from "./row-fields.ts";

export const RUN_STATES = ["running", "finished", "failed", "interrupted"] as const;
export type RunState = (typeof RUN_STATES)[number];

/** Which runs to show; what is left out does not restrict. */
export interface RunFilter {
  kind?: string;
  state?: RunState;
}

/** One run of an analysis and what is needed to do it again. */
export interface RunRow {
  runId: number;
  kind: string;
  /** The whole configuration, as JSON. */
  config: unknown;
  configHash: string;
  inputFingerprint: string | null;
  codeVersion: string;
  ruleBookVersion: string | null;
  /** Decimal text: a seed uses all 64 bits. */
  seed: string | null;
  startedAtUs: TimeUs;
  finishedAtUs: TimeUs | null;
  state: string;
  trials: number;
  error: string | null;
}

/** Later than any run: the last instant a cursor can name. */
const AFTER_ALL = "9999-12-31T23:59:59.999Z";

/** Analysis runs, newest first, page by page. */
export async function getRuns(
  store: Store,
  filter: RunFilter = {},
  page: PageRequest = {},
): Promise<Page<RunRow>> {
  const { kind, state } = filter;
  const question = {
    name: "runs",
    arguments: [
      kind === undefined ? null : checkText("kind", kind),
      state === undefined ? null : checkChoice("state", state, RUN_STATES),
    ],
    beforeFirst: [AFTER_ALL, 0],
    keyOf: (run: RunRow) => [formatInstant(run.startedAtUs), run.runId],
    decode: decodeRun,
  };
  return await readPage(store, question, page);
}

function decodeRun(row: DatabaseRow): RunRow {
  return {
    runId: whole(row, "run_id"),
    kind: text(row, "kind"),
    config: row.config,
    configHash: text(row, "config_hash"),
    inputFingerprint: orNull(text, row, "input_fingerprint"),
    codeVersion: text(row, "code_version"),
    ruleBookVersion: orNull(text, row, "rule_book_version"),
    seed: orNull(text, row, "seed"),
    startedAtUs: instant(row, "started_at"),
    finishedAtUs: orNull(instant, row, "finished_at"),
    state: text(row, "state"),
    trials: whole(row, "trials"),
    error: orNull(text, row, "error"),
  };
}
