import { describe, expect, test } from "vitest";
import type { TimeUs } from "../record/index.ts";
import type { LedgerFile } from "../store/index.ts";
import type { FileOutcome } from "./file-outcome.ts";
import { loadLanes } from "./load-pool.ts";
import type { WorkerSetup } from "./worker-protocol.ts";

const SETUP: WorkerSetup = {
  writerUrl: "postgresql://nobody@127.0.0.1:1/none",
  market: "krx",
  instruments: new Map(),
  nowUs: 0 as TimeUs,
  blockBytes: 4096,
  longestLineBytes: 1024,
};

function file(fileId: number): LedgerFile {
  return {
    fileId,
    path: `${fileId}.jsonl`,
    dataset: "scalp",
    state: "pending",
    sha256: null,
    checkpointBytes: 0,
    checkpointLines: 0,
    checkpointSha256: null,
    rows: 0,
    duplicates: 0,
    updated: 0,
    conflicts: 0,
    rejects: 0,
    derived: false,
  };
}

/** Three lanes of four files in all, on threads that run `program`. */
async function outcomesOn(program: string): Promise<Map<number, FileOutcome>> {
  const lanes = [[1, 2], [3], [4]].map((ids) => ({ dataset: "scalp" as const, files: ids.map(file) }));
  const outcomes = new Map<number, FileOutcome>();
  await loadLanes(
    lanes,
    2,
    SETUP,
    { onProgress: () => undefined, onOutcome: (fileId, outcome) => void outcomes.set(fileId, outcome) },
    undefined,
    new URL(`data:text/javascript,${encodeURIComponent(program)}`),
  );
  return outcomes;
}

const START = 'import { parentPort as port } from "node:worker_threads"; port.postMessage({ kind: "idle" });';

describe("threads that die", () => {
  test("before they ask for work: every file fails with their error, and the load ends", async () => {
    const outcomes = await outcomesOn('throw new Error("cannot start");');
    expect([...outcomes.keys()].sort()).toEqual([1, 2, 3, 4]);
    for (const outcome of outcomes.values()) {
      expect(outcome).toMatchObject({ kind: "failed", code: "OBS_LOAD_FAILED", message: "cannot start" });
    }
  });

  test("over a lane: its files fail, those of the others get a new thread", async () => {
    const outcomes = await outcomesOn(`${START}
      port.on("message", ({ lane }) => {
        const ids = lane.files.map(({ fileId }) => fileId);
        if (ids.includes(1)) throw new Error("lost");
        for (const fileId of ids) port.postMessage({ kind: "outcome", fileId, outcome: { kind: "unchanged" } });
        port.postMessage({ kind: "idle" });
      });`);
    expect([...outcomes].sort(([a], [b]) => a - b).map(([, { kind }]) => kind)).toEqual([
      "failed",
      "failed",
      "unchanged",
      "unchanged",
    ]);
  });

  test("without an error: what they left open fails all the same", async () => {
    const outcomes = await outcomesOn(`${START}
      port.on("message", ({ lane }) => {
        const [{ fileId }] = lane.files;
        port.postMessage({ kind: "outcome", fileId, outcome: { kind: "unchanged" } });
        setImmediate(() => process.exit(0));
      });`);
    expect(outcomes.get(1)).toEqual({ kind: "unchanged" });
    expect(outcomes.get(2)).toMatchObject({ kind: "failed", code: "OBS_LOAD_FAILED" });
    expect(outcomes.size).toBe(4);
  });
});
