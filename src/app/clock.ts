import type { TimeUs } from "../record/index.ts";

/** The one clock of the program. */
export function nowUs(): TimeUs {
  return (Date.now() * 1000) as TimeUs;
}
