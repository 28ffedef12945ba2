import { CATALOGUE, type ErrorCode } from "./catalogue.ts";

/**
 * An error meant for a person: what happened and where (`message`), and how to mend it (`mend`).
 * The code is looked up in `docs/errors.md`, which is generated from the catalogue.
 */
export class ObserverError extends Error {
  override readonly name = "ObserverError";
  readonly code: ErrorCode;
  readonly mend: string;

  constructor(code: ErrorCode, message: string, mend: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.mend = mend;
  }

  /** What the process should exit with when this error ends a command. */
  get exitCode(): number {
    return CATALOGUE[this.code].exitCode;
  }
}

export function isObserverError(error: unknown): error is ObserverError {
  return error instanceof ObserverError;
}
