import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { planMigrations } from "./migration-plan.ts";

const known = ["0001_a", "0002_b", "0003_c"];

describe("planMigrations", () => {
  test.each([
    { applied: [], target: {}, names: known },
    { applied: ["0001_a"], target: {}, names: ["0002_b", "0003_c"] },
    { applied: known, target: {}, names: [] },
    { applied: [], target: { to: "0002_b" }, names: ["0001_a", "0002_b"] },
    { applied: known, target: { to: "0001_a" }, names: [] },
  ])("up from $applied to $target", ({ applied, target, names }) => {
    expect(planMigrations(known, applied, target)).toEqual({ kind: "run", direction: "up", names });
  });

  test.each([
    { to: undefined, names: ["0003_c"] },
    { to: "0001_a", names: ["0003_c", "0002_b"] },
    { to: "0003_c", names: [] },
    { to: "empty", names: ["0003_c", "0002_b", "0001_a"] },
  ])("down to $to takes back the newest first", ({ to, names }) => {
    const target = to === undefined ? { direction: "down" as const } : { direction: "down" as const, to };
    expect(planMigrations(known, known, target)).toEqual({ kind: "run", direction: "down", names });
  });

  test("down on an empty database has nothing to do", () => {
    expect(planMigrations(known, [], { direction: "down" })).toEqual({
      kind: "run",
      direction: "down",
      names: [],
    });
  });

  test("a database that is ahead of the program is named, not touched", () => {
    expect(planMigrations(known, [...known, "0004_d"], {})).toEqual({
      kind: "database is newer",
      unknown: ["0004_d"],
    });
  });

  test("a migration that slipped in before an applied one is named", () => {
    expect(planMigrations(known, ["0001_a", "0003_c"], {})).toEqual({
      kind: "out of order",
      skipped: "0002_b",
      before: "0003_c",
    });
  });

  test("an unknown target is not taken for everything or nothing", () => {
    expect(planMigrations(known, [], { to: "0009_x" })).toEqual({ kind: "unknown target", to: "0009_x" });
    expect(planMigrations(known, ["0001_a"], { direction: "down", to: "0003_c" })).toEqual({
      kind: "unknown target",
      to: "0003_c",
    });
  });

  test("up to a name and down to where one was are each other's inverse", () =>
    fc.assert(
      fc.property(fc.nat({ max: 2 }), fc.nat({ max: 2 }), (one, other) => {
        const from = Math.min(one, other);
        const to = Math.max(one, other);
        const up = planMigrations(known, known.slice(0, from + 1), { to: known[to] ?? "" });
        const down = planMigrations(known, known.slice(0, to + 1), {
          direction: "down",
          to: known[from] ?? "",
        });
        expect(up).toEqual({ kind: "run", direction: "up", names: known.slice(from + 1, to + 1) });
        expect(down).toMatchObject({ names: known.slice(from + 1, to + 1).reverse() });
      }),
    ));
});
