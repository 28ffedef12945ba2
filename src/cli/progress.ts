import { Presets, SingleBar } from "cli-progress";
import { bytes, number, seconds } from "./output.ts";

export interface Progress {
  update(done: number, detail: { lines: number; files: string }): void;
  stop(): void;
}

/** How often a run without a terminal says where it is. */
const QUIET_INTERVAL_MS = 5_000;

/** Bytes done of a total, with rate and time left: a bar on a terminal, a line now and then elsewhere. */
export function loadProgress(total: number, silent: boolean, nowMs: () => number): Progress {
  if (silent) return { update: () => undefined, stop: () => undefined };
  const startedMs = nowMs();
  const rate = (lines: number) => number(Math.round(lines / Math.max(0.001, (nowMs() - startedMs) / 1000)));
  if (!process.stderr.isTTY) {
    let saidMs = startedMs;
    return {
      update: (done, detail) => {
        if (nowMs() - saidMs < QUIET_INTERVAL_MS) return;
        saidMs = nowMs();
        const left = done > 0 ? ((saidMs - startedMs) / 1000 / done) * (total - done) : 0;
        process.stderr.write(
          `${bytes(done)} of ${bytes(total)}, ${number(detail.lines)} lines, ${rate(detail.lines)} lines/s, about ${seconds(left)} left\n`,
        );
      },
      stop: () => undefined,
    };
  }
  const bar = new SingleBar(
    {
      format: "{bar} {percentage}% | {files} files | {lines} lines, {rate} lines/s | ETA {eta_formatted}",
      hideCursor: true,
      clearOnComplete: true,
      etaBuffer: 50,
    },
    Presets.shades_classic,
  );
  bar.start(Math.max(1, total), 0, { files: "", lines: "0", rate: "0" });
  return {
    update: (done, detail) =>
      bar.update(done, { files: detail.files, lines: number(detail.lines), rate: rate(detail.lines) }),
    stop: () => bar.stop(),
  };
}
