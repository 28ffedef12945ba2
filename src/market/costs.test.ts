import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { PRICE_SCALE, tradeDate } from "../record/index.ts";
import { commission, commissionPreset, commissionPresets, commissionRate } from "./commission.ts";
import type { Instrument, Market } from "./instrument.ts";
import { chargeOf, PPB_PER_UNIT } from "./rate.ts";
import { settlementDate } from "./settlement.ts";
import { sellTax, sellTaxRate } from "./transaction-tax.ts";

const stock = (market: Market): Instrument => ({ market, kind: "stock" });
const money = (won: number) => won * PRICE_SCALE;

describe("settlement", () => {
  it.each([
    ["2019-05-30", "2019-06-03"],
    ["2024-12-26", "2024-12-30"],
    ["2024-12-27", "2025-01-02"],
    ["2025-12-26", "2025-12-30"],
    ["2025-12-29", "2026-01-02"],
    ["2025-10-01", "2025-10-10"],
    ["2025-06-06", "2025-06-10"],
  ])("of %s is %s", (execution, settlement) => {
    expect(settlementDate(tradeDate(execution))).toBe(settlement);
  });

  it("refuses executions whose settlement the calendar does not reach", () => {
    expect(() => settlementDate(tradeDate("2027-12-29"))).toThrow(RangeError);
  });
});

describe("transaction tax on sells, by the date of settlement", () => {
  it.each<[string, number, number, number]>([
    ["2018-01-02", 3000, 3000, 3000],
    ["2019-05-29", 3000, 3000, 3000],
    ["2019-05-30", 2500, 2500, 1000],
    ["2020-12-28", 2500, 2500, 1000],
    ["2020-12-29", 2300, 2300, 1000],
    ["2022-12-27", 2300, 2300, 1000],
    ["2022-12-28", 2000, 2000, 1000],
    ["2023-12-27", 1800, 1800, 1000],
    ["2024-12-26", 1800, 1800, 1000],
    ["2024-12-27", 1500, 1500, 1000],
    ["2025-12-26", 1500, 1500, 1000],
    ["2025-12-29", 2000, 2000, 1000],
    ["2026-11-20", 2000, 2000, 1000],
  ])("executed on %s: %i, %i, %i ppm on KOSPI, KOSDAQ, KONEX", (date, kospi, kosdaq, konex) => {
    const rates = (["KOSPI", "KOSDAQ", "KONEX"] as const).map((market) =>
      sellTaxRate(stock(market), tradeDate(date)),
    );
    expect(rates).toEqual([kospi, kosdaq, konex]);
  });

  it.each(["etf", "etn", "elw"] as const)("spares %s", (kind) => {
    expect(sellTaxRate({ market: "KOSPI", kind }, tradeDate("2026-11-20"))).toBe(0);
  });

  it("is cut to whole won", () => {
    const date = tradeDate("2026-11-20");
    expect(sellTax(stock("KOSPI"), date, money(1_000_000))).toBe(money(2000));
    expect(sellTax(stock("KOSPI"), date, money(71_450))).toBe(money(142));
  });
});

describe("commission", () => {
  it.each<[string, Instrument, number, number]>([
    ["kis-bankis-online", stock("KOSPI"), 10_000_000, 1405],
    ["kis-bankis-online", { market: "KOSPI", kind: "etf" }, 10_000_000, 1465],
    ["kiwoom-online", stock("KOSDAQ"), 10_000_000, 1500],
    ["agency-costs-only", stock("KOSDAQ"), 10_000_000, 360],
  ])("%s charges %o on %d won: %d won", (id, instrument, amount, charged) => {
    expect(commission(commissionPreset(id), instrument, tradeDate("2025-06-02"), money(amount))).toBe(
      money(charged),
    );
  });

  it("follows the periods of a tariff of one's own", () => {
    const [shipped] = commissionPresets;
    const [rates] = shipped?.periods ?? [];
    if (shipped === undefined || rates === undefined) throw new Error("no preset ships");
    const own = {
      ...shipped,
      periods: [rates, { ...rates, from: tradeDate("2025-01-02"), stockPpb: rates.fundPpb }],
    };
    expect(commissionRate(own, stock("KOSPI"), tradeDate("2025-01-01"))).toBe(rates.stockPpb);
    expect(commissionRate(own, stock("KOSPI"), tradeDate("2025-01-02"))).toBe(rates.fundPpb);
  });

  it("names the presets there are when asked for another", () => {
    expect(() => commissionPreset("kis")).toThrow(/no commission preset "kis".*kis-bankis-online/);
  });
});

describe("a charge", () => {
  it("is the most whole won that do not exceed the exact part", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1e15 }),
        fc.integer({ min: 0, max: 5_000_000 }),
        (amount, ratePpb) => {
          const charged = chargeOf(amount, ratePpb);
          const exact = BigInt(amount) * BigInt(ratePpb);
          const unit = BigInt(PPB_PER_UNIT);
          expect(charged % PRICE_SCALE).toBe(0);
          expect(BigInt(charged) * unit <= exact).toBe(true);
          expect(BigInt(charged + PRICE_SCALE) * unit > exact).toBe(true);
        },
      ),
    );
  });
});
