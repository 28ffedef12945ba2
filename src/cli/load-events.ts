import { clockMs, type LoadEvents } from "../app/index.ts";
import type { Context } from "./context.ts";
import { loadProgress, type Progress } from "./progress.ts";

/**
 * Runs a load and shows it: a note at each stage, bytes and lines while files are read. `clear` takes the line of
 * progress away; so does the end of `act`, however it ends, for a bar that stays keeps the process alive.
 */
export async function showingLoad<T>(
  { output, signal, text }: Context,
  act: (events: LoadEvents, clear: () => void) => Promise<T>,
): Promise<T> {
  let progress: Progress | undefined;
  const clear = () => {
    progress?.stop();
    progress = undefined;
  };
  const events: LoadEvents = {
    signal,
    onStage: (stage) => {
      clear();
      output.note(text.load.stages[stage]);
    },
    onProgress: ({ totalBytes, doneBytes, lines, files, filesDone }) => {
      progress ??= loadProgress(totalBytes, output.json, clockMs);
      progress.update(doneBytes, { lines, files: `${filesDone}/${files}` });
    },
  };
  try {
    return await act(events, clear);
  } finally {
    clear();
  }
}
