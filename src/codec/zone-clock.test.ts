import fc from "fast-check";
import { expect, test } from "vitest";
import { zoneClock } from "./zone-clock.ts";

const us = (text: string) => Date.parse(text) * 1000;

test.each([
  ["Asia/Seoul", "2026-01-22T09:00:00Z", "2026-01-22T00:00:00Z"],
  ["+09:00", "2026-01-22T09:00:00Z", "2026-01-22T00:00:00Z"],
  ["-0330", "2026-01-22T09:00:00Z", "2026-01-22T12:30:00Z"],
  ["UTC", "2026-01-22T09:00:00Z", "2026-01-22T09:00:00Z"],
  ["Asia/Kolkata", "2021-06-09T09:15:00Z", "2021-06-09T03:45:00Z"],
  ["America/New_York", "2013-10-01T09:30:00Z", "2013-10-01T13:30:00Z"],
  ["America/New_York", "2013-12-02T09:30:00Z", "2013-12-02T14:30:00Z"],
  // The clocks go back at 02:00: of two half past ones, the first.
  ["America/New_York", "2013-11-03T01:30:00Z", "2013-11-03T05:30:00Z"],
])("%s shows %s at %s", (zone, local, utc) => {
  expect(zoneClock(zone)?.toUtcUs(us(local))).toBe(us(utc));
  expect(zoneClock(zone)?.toLocalUs(us(utc))).toBe(us(local));
});

test("a local time that the clocks skip is none", () => {
  expect(zoneClock("America/New_York")?.toUtcUs(us("2013-03-10T02:30:00Z"))).toBeNaN();
});

test.each(["Mars/Olympus", "", "+16:00", "9"])("%j is no zone", (zone) => {
  expect(zoneClock(zone)).toBeUndefined();
});

test("every instant's local time leads back to it or to its twin an hour before", () => {
  const zones = fc.constantFrom("Europe/London", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu");
  fc.assert(
    fc.property(zones, fc.integer({ min: 0, max: 4_000_000_000 }), (zone, seconds) => {
      const clock = zoneClock(zone);
      const timeUs = seconds * 1e6;
      const back = clock?.toUtcUs(clock.toLocalUs(timeUs)) ?? Number.NaN;
      expect(clock?.toLocalUs(back)).toBe(clock?.toLocalUs(timeUs));
      expect(timeUs - back).toBeGreaterThanOrEqual(0);
      expect(timeUs - back).toBeLessThanOrEqual(3600e6);
    }),
    { numRuns: 500 },
  );
});
