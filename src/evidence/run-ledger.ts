import { RULE_BOOK_VERSION } from "../market/index.ts";
import { type openClient, sqlFile } from "../store/index.ts";
import { canonicalJson, type JsonValue } from "./canonical-json.ts";
import { configHash } from "./config-hash.ts";

export type Connection = Awaited<ReturnType<typeof openClient>>;

export interface OpenRun {
  runId: number;
  configHash: string;
}

/** How a run ended. */
export type RunEnd =
  | { state: "finished"; inputFingerprint: string }
  | { state: "interrupted" | "failed"; error: string };

/** An earlier run with the same configuration on the same input, and whether it found the same. */
export interface EqualRun {
  runId: number;
  codeVersion: string;
  ruleBookVersion: string | null;
  identical: boolean;
}

/** Enters a run into `analysis_runs`, at once and for good. */
export async function openRun(
  connection: Connection,
  kind: string,
  config: JsonValue,
  codeVersion: string,
): Promise<OpenRun> {
  const hash = configHash(config);
  const opened = await connection.query<{ run_id: number }>(sqlFile("open_analysis_run"), [
    kind,
    canonicalJson(config),
    hash,
    codeVersion,
    RULE_BOOK_VERSION,
  ]);
  const [row] = opened.rows;
  if (row === undefined) throw new Error("the run ledger returned no row");
  return { runId: row.run_id, configHash: hash };
}

/** Adds to the combinations tried; belongs into the transaction that evaluated them. */
export async function countTrials(connection: Connection, run: OpenRun, trials: number): Promise<void> {
  await connection.query(sqlFile("count_run_trials"), [run.runId, trials]);
}

export async function closeRun(connection: Connection, run: OpenRun, end: RunEnd): Promise<void> {
  const [fingerprint, error] = end.state === "finished" ? [end.inputFingerprint, null] : [null, end.error];
  await connection.query(sqlFile("close_analysis_run"), [run.runId, end.state, fingerprint, error]);
}

/** Combinations that other questions tried on the same input before; of runs that ended, whose input is known. */
export async function earlierTrials(connection: Connection, run: OpenRun): Promise<number> {
  const counted = await connection.query<{ trials: number }>(sqlFile("count_earlier_trials"), [run.runId]);
  return counted.rows[0]?.trials ?? 0;
}

/** The latest run before a finished one that must have found the same; null when there is none. */
export async function findEqualRun(connection: Connection, run: OpenRun): Promise<EqualRun | null> {
  const found = await connection.query<{
    run_id: number;
    code_version: string;
    rule_book_version: string | null;
  }>(sqlFile("find_equal_run"), [run.runId]);
  const [earlier] = found.rows;
  if (earlier === undefined) return null;
  return {
    runId: earlier.run_id,
    codeVersion: earlier.code_version,
    ruleBookVersion: earlier.rule_book_version,
    identical: (await foundBy(connection, earlier.run_id)) === (await foundBy(connection, run.runId)),
  };
}

/** SHA-256 over the candidates of a run. */
async function foundBy(connection: Connection, runId: number): Promise<string | undefined> {
  const hashed = await connection.query<{ sha256: string }>(sqlFile("hash_run_candidates"), [runId]);
  return hashed.rows[0]?.sha256;
}
