/** Which columns of a CSV file of bars hold what, and how its texts are to be read. */
export interface CsvColumnMap {
  /** How errors call this map. */
  name: string;
  /** Names of columns in the file's header; a column named here must be there. */
  symbol: string;
  /** `YYYYMMDD` or `YYYY-MM-DD`; with `time`, unless bars are daily or `timestamp` is given. */
  date?: string;
  /** `HHMMSS`, `HHMM` (leading zeros may be lost) or `HH:MM[:SS]`. */
  time?: string;
  /** ISO 8601, instead of `date` and `time`. */
  timestamp?: string;
  open: string;
  high: string;
  low: string;
  close: string;
  volume?: string;
  /** Currency units traded in the bar. */
  value?: string;
  /** Currency units traded since the start of the day; differenced per symbol and day. */
  cumulativeValue?: string;
  bid?: string;
  ask?: string;
  /** Of dates and times without an offset: an IANA name or `±HH:MM`; default Asia/Seoul. */
  zone?: string;
  /** Whether a bar is stamped with its start or its end. */
  stamp: "start" | "end";
  barMinutes: 1 | 5 | 10 | "day";
  /** One character; default comma. */
  delimiter?: string;
  /** The decimal mark; the other one then groups thousands. Default point. */
  decimal?: "." | ",";
  /** What happens to bars of volume 0, with which providers fill minutes without a trade. */
  padded: "drop" | "keep";
}

const KOREAN_BAR = {
  symbol: "code",
  date: "date",
  time: "time",
  open: "open",
  high: "high",
  low: "low",
  close: "close",
  volume: "volume",
} as const;

/** Maps of files that circulate. */
export const CSV_PRESETS = {
  /** Korea Investment & Securities, minute chart: `amount` counts from the start of the day. */
  "kis-1m": {
    ...KOREAN_BAR,
    name: "kis-1m",
    cumulativeValue: "amount",
    stamp: "start",
    barMinutes: 1,
    padded: "drop",
  },
  /** Daishin Creon: stamped with the minute's end, minutes without a trade filled forward. */
  "creon-1m": { ...KOREAN_BAR, name: "creon-1m", stamp: "end", barMinutes: 1, padded: "drop" },
  /** Korea Investment & Securities, daily chart: `amount` is the day's. */
  "kis-daily": {
    name: "kis-daily",
    symbol: "code",
    date: "date",
    open: "open",
    high: "high",
    low: "low",
    close: "close",
    volume: "volume",
    value: "amount",
    stamp: "start",
    barMinutes: "day",
    padded: "keep",
  },
  /** Yahoo Finance five-minute bars brought to Korean dates and times; the first bar of a day often has volume 0. */
  "yahoo-5m": { ...KOREAN_BAR, name: "yahoo-5m", stamp: "start", barMinutes: 5, padded: "keep" },
} as const satisfies Record<string, CsvColumnMap>;
