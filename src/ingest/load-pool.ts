import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";
import type { FileOutcome } from "./file-outcome.ts";
import type { Lane } from "./lanes.ts";
import type { FromWorker, ToWorker, WorkerSetup } from "./worker-protocol.ts";

// Always the compiled file: a thread cannot run TypeScript. `imports` in package.json names it.
const LOAD_WORKER = pathToFileURL(createRequire(import.meta.url).resolve("#load-worker"));

export interface PoolEvents {
  onProgress: (fileId: number, bytes: number, lines: number) => void;
  onOutcome: (fileId: number, outcome: FileOutcome) => void;
}

interface Busy {
  lane: Lane;
  settled: Set<number>;
}

/**
 * Loads lanes on `workers` threads and resolves when every file of every lane has an outcome, or when `signal`
 * aborts: threads are then ended at once, and what they had not committed is undone by the database. A thread that
 * dies takes one lane with it, also when it never came to ask for one: a program that cannot start must end the load.
 */
export async function loadLanes(
  lanes: readonly Lane[],
  workers: number,
  setup: WorkerSetup,
  events: PoolEvents,
  signal: AbortSignal | undefined,
  program: URL = LOAD_WORKER,
): Promise<void> {
  const waiting = [...lanes];
  const threads = Array.from({ length: Math.min(workers, lanes.length) }, () =>
    runThread(program, waiting, setup, events, signal),
  );
  await Promise.all(threads);
}

/** One thread, replaced when it dies, until no lane waits. */
async function runThread(
  program: URL,
  waiting: Lane[],
  setup: WorkerSetup,
  events: PoolEvents,
  signal: AbortSignal | undefined,
): Promise<void> {
  while (waiting.length > 0 && signal?.aborted !== true) {
    await new Promise<void>((resolve) => {
      const worker = new Worker(program, { workerData: setup });
      let busy: Busy | undefined;
      let isStopped = false;
      let death = new Error("the thread that loaded it ended without a word.");
      const stop = () => {
        isStopped = true;
        void worker.terminate();
      };
      signal?.addEventListener("abort", stop, { once: true });
      worker.on("message", (message: FromWorker) => {
        switch (message.kind) {
          case "progress":
            return events.onProgress(message.fileId, message.bytes, message.lines);
          case "outcome":
            busy?.settled.add(message.fileId);
            return events.onOutcome(message.fileId, message.outcome);
          case "idle": {
            busy = takeLane(waiting);
            if (busy === undefined) return stop();
            return worker.postMessage({ kind: "load", lane: busy.lane } satisfies ToWorker);
          }
          default:
            return message satisfies never;
        }
      });
      worker.on("error", (error) => {
        death = error;
      });
      worker.on("exit", () => {
        signal?.removeEventListener("abort", stop);
        if (!isStopped) failRest(busy ?? takeLane(waiting), death, events);
        resolve();
      });
    });
  }
}

function takeLane(waiting: Lane[]): Busy | undefined {
  const lane = waiting.shift();
  return lane === undefined ? undefined : { lane, settled: new Set() };
}

function failRest(busy: Busy | undefined, error: Error, events: PoolEvents): void {
  const mend = "run the same command again: it goes on from the last committed chunk.";
  for (const file of busy?.lane.files ?? []) {
    if (busy?.settled.has(file.fileId)) continue;
    events.onOutcome(file.fileId, { kind: "failed", code: "OBS_LOAD_FAILED", message: error.message, mend });
  }
}
