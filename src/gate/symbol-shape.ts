import { isKoreanSymbol } from "../market/index.ts";
import type { GateRules } from "./rules.ts";

/** What fits the column and can be read back from a file name, a URL or a terminal: 1–20 visible ASCII characters. */
const LEGAL_ANYWHERE = /^[\x21-\x7e]{1,20}$/;

/** V-011. */
export function isLegalSymbol(symbol: string, market: GateRules["market"]): boolean {
  return market === "krx" ? isKoreanSymbol(symbol) : LEGAL_ANYWHERE.test(symbol);
}
