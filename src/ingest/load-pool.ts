import { createRequire } from "node:module";
import { Worker } from "node:worker_threads";
import type { FileOutcome } from "./file-outcome.ts";
import type { Lane } from "./lanes.ts";
import type { FromWorker, ToWorker, WorkerSetup } from "./worker-protocol.ts";

// Always the compiled file: a thread cannot run TypeScript. `imports` in package.json names it.
const WORKER_FILE = createRequire(import.meta.url).resolve("#load-worker");

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
 * aborts: threads are then ended at once, and what they had not committed is undone by the database.
 */
export async function loadLanes(
  lanes: readonly Lane[],
  workers: number,
  setup: WorkerSetup,
  events: PoolEvents,
  signal: AbortSignal | undefined,
): Promise<void> {
  const waiting = [...lanes];
  const threads = Array.from({ length: Math.min(workers, lanes.length) }, () =>
    runThread(waiting, setup, events, signal),
  );
  await Promise.all(threads);
}

/** One thread, replaced when it dies, until no lane waits. */
async function runThread(
  waiting: Lane[],
  setup: WorkerSetup,
  events: PoolEvents,
  signal: AbortSignal | undefined,
): Promise<void> {
  while (waiting.length > 0 && signal?.aborted !== true) {
    await new Promise<void>((resolve) => {
      const worker = new Worker(WORKER_FILE, { workerData: setup });
      let busy: Busy | undefined;
      const stop = () => void worker.terminate();
      signal?.addEventListener("abort", stop, { once: true });
      worker.on("message", (message: FromWorker) => {
        switch (message.kind) {
          case "progress":
            return events.onProgress(message.fileId, message.bytes, message.lines);
          case "outcome":
            busy?.settled.add(message.fileId);
            return events.onOutcome(message.fileId, message.outcome);
          case "idle": {
            const lane = waiting.shift();
            busy = lane === undefined ? undefined : { lane, settled: new Set() };
            if (lane === undefined) return stop();
            return worker.postMessage({ kind: "load", lane } satisfies ToWorker);
          }
          default:
            return message satisfies never;
        }
      });
      worker.on("error", (error) => {
        if (busy !== undefined) failRest(busy, error, events);
      });
      worker.on("exit", () => {
        signal?.removeEventListener("abort", stop);
        resolve();
      });
    });
  }
}

function failRest(busy: Busy, error: Error, events: PoolEvents): void {
  const mend = "run the same command again: it goes on from the last committed chunk.";
  for (const file of busy.lane.files) {
    if (busy.settled.has(file.fileId)) continue;
    events.onOutcome(file.fileId, { kind: "failed", code: "OBS_LOAD_FAILED", message: error.message, mend });
  }
}
