/** Where a migration run is to end: for `up` a name or "latest", for `down` the name that stays or "empty". */
export interface MigrationTarget {
  readonly direction?: "up" | "down";
  /** Unless given: "latest" for up; for down, one step. */
  readonly to?: string;
}

export type MigrationPlan =
  | { kind: "run"; direction: "up" | "down"; names: string[] }
  | { kind: "database is newer"; unknown: string[] }
  | { kind: "out of order"; skipped: string; before: string }
  | { kind: "unknown target"; to: string };

/**
 * What has to run to bring a database to the target.
 *
 * known    names of the program's migrations, in order
 * applied  names the database says were applied, in order
 */
export function planMigrations(
  known: readonly string[],
  applied: readonly string[],
  target: MigrationTarget,
): MigrationPlan {
  const unknown = applied.filter((name) => !known.includes(name));
  if (unknown.length > 0) return { kind: "database is newer", unknown };
  for (const [position, before] of applied.entries()) {
    const skipped = known[position];
    if (skipped !== undefined && skipped !== before) return { kind: "out of order", skipped, before };
  }
  return (target.direction ?? "up") === "up"
    ? planUp(known, applied.length, target.to ?? "latest")
    : planDown(applied, target.to);
}

function planUp(known: readonly string[], done: number, to: string): MigrationPlan {
  const end = to === "latest" ? known.length : known.indexOf(to) + 1;
  if (end === 0 && to !== "latest") return { kind: "unknown target", to };
  return { kind: "run", direction: "up", names: known.slice(done, end) };
}

function planDown(applied: readonly string[], to: string | undefined): MigrationPlan {
  const keep =
    to === undefined ? Math.max(0, applied.length - 1) : to === "empty" ? 0 : applied.indexOf(to) + 1;
  if (keep === 0 && to !== undefined && to !== "empty") return { kind: "unknown target", to };
  return { kind: "run", direction: "down", names: applied.slice(keep).reverse() };
}
