import { availableParallelism } from "node:os";

/** How many threads load files: as set, else one per core, ten at most. */
export function threadsFor(setting: number | undefined): number {
  return Math.min(10, setting ?? availableParallelism());
}
