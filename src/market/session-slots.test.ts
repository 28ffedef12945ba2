import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatKst, kstMidnightUs, MINUTE_US, SECOND_US, type TimeUs, tradeDate } from "../record/index.ts";
import type { VenueCode } from "./session-hours.ts";
import { expectedMinutes, expectedTenMinuteBars, phaseAt, tenMinuteSlotUs } from "./session-slots.ts";
import { type TradingDay, tradingDay, tradingDays } from "./trading-day.ts";

function dayOf(date: string, venue: VenueCode = "KRX"): TradingDay {
  const day = tradingDay(tradeDate(date), venue);
  if (day === null) throw new Error(`${date} is closed`);
  return day;
}

function instant(day: TradingDay, clock: string): TimeUs {
  const [hours = 0, minutes = 0, seconds = 0] = clock.split(":").map(Number);
  return (kstMidnightUs(day.date) + (hours * 60 + minutes) * MINUTE_US + seconds * SECOND_US) as TimeUs;
}

describe("10-minute slots", () => {
  it.each<[string, VenueCode, string, string | null]>([
    ["2025-06-02", "KRX", "08:59:59", null],
    ["2025-06-02", "KRX", "09:00:00", "09:00"],
    ["2025-06-02", "KRX", "09:09:59.999999", "09:00"],
    ["2025-06-02", "KRX", "09:10:00", "09:10"],
    ["2025-06-02", "KRX", "15:20:00", "15:20"],
    ["2025-06-02", "KRX", "15:30:00", "15:20"],
    ["2025-06-02", "KRX", "15:30:29", "15:20"],
    ["2025-06-02", "KRX", "15:31:00", "15:20"],
    ["2025-06-02", "KRX", "15:31:01", null],
    ["2025-06-02", "KRX", "15:45:00", null],
    ["2025-01-02", "KRX", "09:30:00", null],
    ["2025-01-02", "KRX", "10:00:00", "10:00"],
    ["2025-01-02", "KRX", "15:30:12", "15:20"],
    ["2025-11-13", "KRX", "09:59:59", null],
    ["2025-11-13", "KRX", "15:30:00", "15:30"],
    ["2025-11-13", "KRX", "16:30:12", "16:20"],
    ["2025-06-02", "NXT", "08:30:00", null],
    ["2025-06-02", "NXT", "09:00:29", null],
    ["2025-06-02", "NXT", "09:00:30", "09:00"],
    ["2025-06-02", "NXT", "15:19:59", "15:10"],
    ["2025-06-02", "NXT", "15:20:00", null],
    ["2025-06-02", "NXT", "15:30:10", null],
  ])("%s %s %s → %s", (date, venue, clock, slot) => {
    const day = dayOf(date, venue);
    const found = tenMinuteSlotUs(day, instant(day, clock));
    expect(found === null ? null : formatKst(found).slice(11, 16)).toBe(slot);
  });

  const someDay = fc.constantFrom(
    ...tradingDays(tradeDate("2025-01-01"), tradeDate("2025-12-31")),
    ...tradingDays(tradeDate("2025-03-04"), tradeDate("2025-12-31"), "NXT"),
  );

  it("partition the regular session: every instant in one slot, every slot of ten minutes, none missing", () => {
    fc.assert(
      fc.property(someDay, fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (day, part) => {
        const instantUs = (day.openUs + Math.floor(part * (day.closeUs - day.openUs))) as TimeUs;
        const slot = tenMinuteSlotUs(day, instantUs);
        expect(slot).not.toBeNull();
        expect(instantUs - Number(slot)).toBeGreaterThanOrEqual(0);
        expect(instantUs - Number(slot)).toBeLessThan(10 * MINUTE_US);
      }),
    );
    fc.assert(
      fc.property(someDay, (day) => {
        const slots = new Set<number | null>();
        for (let us = day.openUs as number; us < day.closeUs; us += MINUTE_US / 2) {
          slots.add(tenMinuteSlotUs(day, us as TimeUs));
        }
        expect(slots.size).toBe(expectedTenMinuteBars(day));
        expect(slots.has(null)).toBe(false);
      }),
      { numRuns: 20 },
    );
  });

  it("are empty outside the session and its closing print", () => {
    fc.assert(
      fc.property(someDay, fc.integer({ min: 1, max: 600 * 60 }), (day, seconds) => {
        expect(tenMinuteSlotUs(day, (day.openUs - seconds * SECOND_US) as TimeUs)).toBeNull();
        expect(tenMinuteSlotUs(day, (day.closeUs + (60 + seconds) * SECOND_US) as TimeUs)).toBeNull();
      }),
    );
  });
});

describe("what a full day holds", () => {
  it.each<[string, VenueCode, number, number]>([
    ["2025-06-02", "KRX", 381, 39],
    ["2025-01-02", "KRX", 321, 33],
    ["2025-11-13", "KRX", 381, 39],
    ["2025-06-02", "NXT", 380, 38],
  ])("%s %s: %i minutes, %i ten-minute bars", (date, venue, minutes, bars) => {
    const day = dayOf(date, venue);
    expect(expectedMinutes(day)).toBe(minutes);
    expect(expectedTenMinuteBars(day)).toBe(bars);
  });
});

describe("the phase at an instant", () => {
  it.each<[string, VenueCode, string | null]>([
    ["08:29:59", "KRX", null],
    ["08:30:00", "KRX", "opening-auction"],
    ["09:00:00", "KRX", "continuous"],
    ["15:19:59.999", "KRX", "continuous"],
    ["15:20:00", "KRX", "closing-auction"],
    ["15:30:28", "KRX", "closing-auction"],
    ["15:35:00", "KRX", null],
    ["15:40:00", "KRX", "after-close"],
    ["17:00:00", "KRX", "single-price"],
    ["18:00:00", "KRX", null],
    ["08:50:00", "NXT", null],
    ["19:59:59", "NXT", "after-market"],
  ])("%s at %s is %s", (clock, venue, phase) => {
    const day = dayOf("2025-06-02", venue);
    expect(phaseAt(day, instant(day, clock))?.name ?? null).toBe(phase);
  });
});
