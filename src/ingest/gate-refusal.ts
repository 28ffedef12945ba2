import type { GateCode } from "../gate/index.ts";
import {
  formatInstant,
  formatPrice,
  isAbsent,
  type Price,
  type SwingBar,
  type Tick,
} from "../record/index.ts";
import type { Refusal } from "./line-loader.ts";

/** Why the gate refused a tick, in words, from the first of its codes. */
export function tickRefusal(codes: readonly GateCode[], tick: Tick): Refusal {
  const code = codes[0] ?? "V-001";
  switch (code) {
    case "V-005":
      return refusal(
        code,
        "event_time",
        `${formatInstant(tick.eventTimeUs)} lies in the future of its receipt`,
      );
    case "V-006":
      return refusal(
        code,
        "price, size, volume",
        `a price of 0 or less, or a negative size or volume (${prices(tick)})`,
      );
    case "V-008":
      return refusal(code, "ask_price", `the ask is below the bid outside an auction (${prices(tick)})`);
    case "V-010":
      return refusal(code, "volume", `a volume of ${tick.volume} shares is not possible`);
    case "V-011":
      return refusal(code, "symbol", `"${tick.symbol}" is no symbol of this market`);
    case "V-012":
      return refusal(code, "seq", "more records of one symbol at one instant than seq can number");
    case "G-001":
      return refusal(
        code,
        "last_price",
        `moved by more than half against the previous close (${prices(tick)})`,
      );
    case "G-002":
      return refusal(code, "last_price", `moved by more than 10 % against the tick before (${prices(tick)})`);
    default:
      return refusal(code, "(record)", `refused by the quality gate (${codes.join(", ")})`);
  }
}

/** Why the gate refused a bar, in words. */
export function barRefusal(codes: readonly GateCode[], bar: SwingBar): Refusal {
  const code = codes[0] ?? "V-001";
  const ohlc = [bar.open, bar.high, bar.low, bar.close].map((price) => formatPrice(price)).join("/");
  switch (code) {
    case "V-006":
      return refusal(
        code,
        "price, volume",
        `a price of 0 or less, or a negative volume (${ohlc}, ${bar.volume})`,
      );
    case "V-007":
      return refusal(code, "high, low", `the high or the low does not bound open and close (${ohlc})`);
    case "V-008":
      return refusal(
        code,
        "ask_price",
        `the ask ${text(bar.askPrice)} is below the bid ${text(bar.bidPrice)}`,
      );
    case "V-010":
      return refusal(code, "volume", `a volume of ${bar.volume} shares is not possible`);
    case "V-011":
      return refusal(code, "symbol", `"${bar.symbol}" is no symbol of this market`);
    case "G-001":
      return refusal(code, "price", `moved by more than half against the previous close (${ohlc})`);
    default:
      return refusal(code, "(record)", `refused by the quality gate (${codes.join(", ")})`);
  }
}

function refusal(code: string, field: string, reason: string): Refusal {
  return { code, field, reason };
}

function text(price: Price): string {
  return isAbsent(price) ? "(none)" : formatPrice(price);
}

function prices(tick: Tick): string {
  return `last ${text(tick.lastPrice)}, bid ${text(tick.bidPrice)}, ask ${text(tick.askPrice)}`;
}
