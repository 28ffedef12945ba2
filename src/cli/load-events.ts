import { clockMs, type LoadEvents } from "../app/index.ts";
import type { Context } from "./context.ts";
import { loadProgress, type Progress } from "./progress.ts";

/** Shows a load under way: a note at each stage, bytes and lines while files are read. `stop` clears the line. */
export function shownLoad({ output, signal, text }: Context): { events: LoadEvents; stop: () => void } {
  let progress: Progress | undefined;
  const stop = () => progress?.stop();
  return {
    stop,
    events: {
      signal,
      onStage: (stage) => {
        stop();
        output.note(text.load.stages[stage]);
      },
      onProgress: ({ totalBytes, doneBytes, lines, files, filesDone }) => {
        progress ??= loadProgress(totalBytes, output.json, clockMs);
        progress.update(doneBytes, { lines, files: `${filesDone}/${files}` });
      },
    },
  };
}
