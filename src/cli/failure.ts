import { EXIT_CODES, isObserverError } from "../errors/index.ts";
import type { Text } from "./text.ts";

/** Says what went wrong, where and how to mend it, on stderr; the stack only when asked. Returns the exit code. */
export function failWith(error: unknown, options: { text: Text; debug: boolean }): number {
  if (isObserverError(error)) {
    process.stderr.write(`${options.text.error(error.code, error.message, error.mend)}\n`);
    if (options.debug) process.stderr.write(`${traceOf(error)}\n`);
    return error.exitCode;
  }
  const message = error instanceof Error ? error.message : String(error);
  const mend =
    "this is a defect of Observer, or of the machine; run it again with --debug and report what it says.";
  process.stderr.write(`${options.text.error("OBS_INTERNAL", message, mend)}\n`);
  if (options.debug) process.stderr.write(`${traceOf(error)}\n`);
  return EXIT_CODES.failed;
}

function traceOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause === undefined ? "" : `\ncaused by: ${traceOf(error.cause)}`;
  return `${error.stack ?? error.message}${cause}`;
}
