import { type Fault, standsInPlace } from "./fault.ts";
import type { LineFile } from "./line-file.ts";
import type { RandomStream } from "./random-stream.ts";
import type { SampleShape } from "./sample-lines.ts";

/** Where a faulty line stands. */
export interface FaultLine {
  path: string;
  /** From 1. */
  line: number;
  kind: string;
}

/** Far more draws than a plan of some thirty faults among thousands of places needs. */
const MOST_DRAWS = 100_000;

/**
 * Gives every faulty line a place of its own among `places` numbered good lines.
 * `shapeAt` tells the shape of the line at a place, null where no line stands.
 */
export function planFaults(
  faults: readonly Fault[],
  stream: RandomStream,
  places: number,
  shapeAt: (place: number) => SampleShape | null,
): ReadonlyMap<number, Fault> {
  const plan = new Map<number, Fault>();
  const isFit = (place: number, wanted: SampleShape | null) => {
    const shape = shapeAt(place);
    return shape !== null && (wanted === null || wanted === shape) && !plan.has(place);
  };
  let draws = 0;
  for (const fault of faults) {
    for (let line = 0; line < fault.lines; line++) {
      let place = stream.below(places);
      while (!isFit(place, fault.shape)) {
        if (++draws > MOST_DRAWS) throw new RangeError(`the sample has no place for a fault: ${fault.kind}`);
        place = stream.below(places);
      }
      plan.set(place, fault);
    }
  }
  return plan;
}

/** Writes a line, or what a fault makes of it, and says where the fault stands. */
export function addLine(file: LineFile, line: string, fault: Fault | undefined, ledger: FaultLine[]): void {
  if (fault === undefined) {
    file.add(line);
    return;
  }
  if (!standsInPlace(fault.outcome)) file.add(line);
  file.add(fault.spoil(line));
  ledger.push({ path: file.path, line: file.lines, kind: fault.kind });
}
