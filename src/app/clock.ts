import type { TimeUs } from "../record/index.ts";

/** The wall clock. Only this room reads it. */
export function nowUs(): TimeUs {
  return (Date.now() * 1000) as TimeUs;
}

/** Milliseconds of a clock that never jumps, for durations. */
export function clockMs(): number {
  return performance.now();
}
