import { setTimeout as sleep } from "node:timers/promises";
import { parentPort, workerData } from "node:worker_threads";
import { gateRules } from "../gate/index.ts";
import { type Dataset, LoadSession, type LoadTable } from "../store/index.ts";
import { BarLines } from "./bar-lines.ts";
import { GapLines } from "./gap-lines.ts";
import { barTarget } from "./import-csv/bar-target.ts";
import { CsvBarLines } from "./import-csv/csv-bar-lines.ts";
import type { Lane } from "./lanes.ts";
import type { LineLoader } from "./line-loader.ts";
import { loadLane } from "./load-lane.ts";
import { plausibleTimes } from "./plausible-times.ts";
import { TickLines } from "./tick-lines.ts";
import type { FromWorker, ToWorker, WorkerSetup } from "./worker-protocol.ts";

// A thread that decodes, judges and writes one lane after another, so that the main thread stays free.
const port = parentPort;
if (port === null) throw new Error("load-worker runs as a worker thread only");
const setup: WorkerSetup = workerData;
const tell = (message: FromWorker) => port.postMessage(message);

const TABLE_OF: Record<Dataset, LoadTable> = {
  scalp: "scalp_ticks",
  swing: "swing_bars_10m",
  gap: "scalp_gaps",
  bars_1m: "scalp_1m_bars",
  bars_10m: "swing_bars_10m",
  daily: "eod_prices",
};

/** Foreign feeds may send hundreds of ticks of a symbol a second, and out of order by a second or more. */
const REMEMBERED_OF_FOREIGN_FEEDS = 1024;

const sessions = new Map<LoadTable, LoadSession>();

function sessionFor(dataset: Dataset): LoadSession {
  const table = TABLE_OF[dataset];
  let session = sessions.get(table);
  if (session === undefined) {
    session = new LoadSession(setup.writerUrl, table, (milliseconds) => sleep(milliseconds));
    sessions.set(table, session);
  }
  return session;
}

function linesFor(dataset: Dataset): LineLoader {
  if (dataset === "gap") return new GapLines();
  const times = plausibleTimes(setup.nowUs);
  const instrumentOf = (symbol: string) => setup.instruments.get(symbol);
  if (setup.columns !== undefined) {
    const { barSeconds } = barTarget(setup.columns);
    return new CsvBarLines(setup.columns, gateRules(setup.market, { instrumentOf, barSeconds }), times);
  }
  const rules = gateRules(setup.market, {
    instrumentOf,
    ...(setup.market === "generic" ? { rememberedTicks: REMEMBERED_OF_FOREIGN_FEEDS } : {}),
  });
  return dataset === "scalp" ? new TickLines(rules, times) : new BarLines(rules, times);
}

async function load(lane: Lane): Promise<void> {
  await loadLane({
    lane,
    lines: linesFor(lane.dataset),
    session: sessionFor(lane.dataset),
    blockBytes: setup.blockBytes,
    longestLineBytes: setup.longestLineBytes,
    onProgress: (fileId, bytes, lines) => tell({ kind: "progress", fileId, bytes, lines }),
    onOutcome: (fileId, outcome) => tell({ kind: "outcome", fileId, outcome }),
  });
  tell({ kind: "idle" });
}

// A lane that fails as a whole ends the thread with its error; the pool settles what the lane left open.
port.on(
  "message",
  (message: ToWorker) =>
    void load(message.lane).catch((error) =>
      setImmediate(() => {
        throw error;
      }),
    ),
);
tell({ kind: "idle" });
