export const MARKETS = ["KOSPI", "KOSDAQ", "KONEX"] as const;
export type Market = (typeof MARKETS)[number];

export const INSTRUMENT_KINDS = ["stock", "etf", "etn", "elw"] as const;
export type InstrumentKind = (typeof INSTRUMENT_KINDS)[number];

/** What the rules need to know of a listed issue: where it is listed and what it is. */
export interface Instrument {
  market: Market;
  kind: InstrumentKind;
}

/** Six characters `[0-9A-Z]`; letters occur in issues listed since 2024. */
export function isKoreanSymbol(text: string): boolean {
  return /^[0-9A-Z]{6}$/.test(text);
}

/** An instrument from its names as a symbol master writes them, in any case; undefined when one is not known. */
export function parseInstrument(marketText: string, kindText: string): Instrument | undefined {
  const market = MARKETS.find((each) => each === marketText.toUpperCase());
  const kind = INSTRUMENT_KINDS.find((each) => each === kindText.toLowerCase());
  return market === undefined || kind === undefined ? undefined : { market, kind };
}
