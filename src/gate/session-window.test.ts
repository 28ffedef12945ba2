import * as fc from "fast-check";
import { expect, test } from "vitest";
import { kst } from "../../test/sample-records.ts";
import { phaseAt, tradingDay } from "../market/index.ts";
import { DAY_US, kstDateOf, type TimeUs } from "../record/index.ts";
import { continuousUs, sessionWindowAt } from "./session-window.ts";

const from = kst("2025-11-12", "00:00:00");
const instants = fc.integer({ min: from, max: from + 60 * DAY_US }).map((timeUs) => timeUs as TimeUs);
const venues = fc.constantFrom("KRX" as const, "NXT" as const);

test("a window holds its instant, and its phase is the rule book's from end to end", () =>
  fc.assert(
    fc.property(instants, venues, fc.double({ min: 0, max: 1, noNaN: true }), (timeUs, venue, share) => {
      const window = sessionWindowAt(timeUs, venue);
      expect(window.startUs <= timeUs && timeUs < window.endUs).toBe(true);
      const widthUs = window.endUs - window.startUs;
      for (const insideUs of [0, Math.floor(share * (widthUs - 1)), widthUs - 1]) {
        const otherUs = (window.startUs + insideUs) as TimeUs;
        const day = tradingDay(kstDateOf(otherUs), venue);
        expect(kstDateOf(otherUs)).toBe(window.date);
        expect(window.phase).toBe(day === null ? null : (phaseAt(day, otherUs)?.name ?? null));
      }
    }),
  ));

test("continuous time is counted where it overlaps", () => {
  const day = tradingDay(kstDateOf(kst("2026-01-22", "10:00:00")));
  if (day === null) throw new Error("2026-01-22 is a trading day");
  const at = (clock: string) => kst("2026-01-22", clock);
  expect(continuousUs(day, at("08:59:00"), at("09:00:05"))).toBe(5e6);
  expect(continuousUs(day, at("10:00:00"), at("10:00:07"))).toBe(7e6);
  expect(continuousUs(day, at("15:19:50"), at("15:30:00"))).toBe(10e6);
  expect(continuousUs(day, at("15:21:00"), at("15:30:00"))).toBe(0);
});
