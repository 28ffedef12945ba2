import { recordedCsv } from "./recorded-data.ts";

// Recorded ticks of other markets, as lines of ours. Each converter says what it had to decide.

/**
 * US stock quotes and trades of all exchanges → one tick a row: the two sides of the row's own exchange, the last
 * trade anywhere, and the row's traded shares. (Over all exchanges the book is crossed most of the time: quotes
 * of exchanges that sleep before the open never leave.)
 */
export function* usTickLines(): Generator<string> {
  const midnight = Date.parse("2013-10-07T00:00:00-04:00");
  const books = new Map<string, { bid: number; bidSize: number; ask: number; askSize: number }>();
  let last: number | undefined;
  let accumulated = 0;
  for (const row of recordedCsv("us_equity_ticks_2013", "aig_20131007_ticks.csv.gz")) {
    const book = books.get(row.exchange ?? "") ?? { bid: 0, bidSize: 0, ask: 0, askSize: 0 };
    books.set(row.exchange ?? "", book);
    if (row.bid !== "") Object.assign(book, { bid: Number(row.bid), bidSize: Number(row.bid_size) });
    if (row.ask !== "") Object.assign(book, { ask: Number(row.ask), askSize: Number(row.ask_size) });
    if (row.kind === "T") last = Number(row.price);
    const volume = row.kind === "T" ? Number(row.size) : 0;
    accumulated += volume;
    if (last === undefined && (book.bid === 0 || book.ask === 0)) continue;
    yield JSON.stringify({
      event_time: new Date(midnight + Number(row.ms)).toISOString(),
      symbol: "AIG",
      bid_price: book.bid,
      ask_price: book.ask,
      bid_size: book.bidSize,
      ask_size: book.askSize,
      last_price: last ?? null,
      volume,
      // Two equal trades in one millisecond are told apart by the count.
      acml_volume: accumulated,
      venue: row.exchange,
      session_id: "aig_20131007",
    });
  }
}

/** Indian stock ticks: whole seconds, the day's cumulative volume, no quotes; a tick's volume is its growth. */
export function* nseTickLines(file: string): Generator<string> {
  const counters = new Map<string, number>();
  for (const row of recordedCsv("nse_live_ticks_2021", file)) {
    const symbol = row.code ?? "";
    const accumulated = Number(row.volume);
    const before = counters.get(symbol) ?? accumulated;
    counters.set(symbol, accumulated);
    yield JSON.stringify({
      event_time: `${row.timestamp?.replace(" ", "T")}+05:30`,
      symbol,
      last_price: row.ltp,
      volume: Math.max(0, accumulated - before),
      acml_volume: accumulated,
      session_id: "nse",
    });
  }
}

/** Crypto best quotes and trades; sizes are thousandths of a coin, since shares are whole numbers. */
export function* cryptoTickLines(): Generator<string> {
  const thousandths = (size: string | undefined) => (size === "" ? null : Math.round(Number(size) * 1000));
  let last: string | null = null;
  for (const row of recordedCsv("crypto_book_ticker_2024", "usdm_btcusdt_20240808.csv.gz")) {
    if (row.kind === "T") last = row.price ?? null;
    const received = Math.floor(Number(row.local_ts_ns) / 1e6);
    yield JSON.stringify({
      ts: new Date(received).toISOString(),
      event_time: new Date(Number(row.event_ms)).toISOString(),
      symbol: "BTCUSDT",
      bid_price: row.bid === "" ? null : row.bid,
      ask_price: row.ask === "" ? null : row.ask,
      bid_size: thousandths(row.bid_size),
      ask_size: thousandths(row.ask_size),
      last_price: last,
      volume: row.kind === "T" ? thousandths(row.size) : 0,
      session_id: "binance",
    });
  }
}
