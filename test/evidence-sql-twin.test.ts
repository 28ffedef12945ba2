import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { costSchedule } from "../src/evidence/index.ts";
import {
  type BarColumns,
  type DatedCosts,
  type FixedHoldOptions,
  fixedHoldTrades,
  tradeMetrics,
} from "../src/kernels/index.ts";
import { commissionPreset } from "../src/market/index.ts";
import { DAY_US, KST_OFFSET_US, kstMidnightUs, tradeDate } from "../src/record/index.ts";
import { openStore, type Store } from "../src/store/index.ts";
import { freshDatabase, type TestDatabase } from "./postgres.ts";
import { slotUs, type TestBar, writeBars } from "./swing-sessions.ts";

const FROM = tradeDate("2024-11-14");
const TO = tradeDate("2024-12-27");
// The exam day of 2024 opens an hour later; executions on the last day settle in 2025 and pay its tax.
const SESSIONS = [
  { date: FROM, openHour: 10 },
  { date: tradeDate("2024-12-26"), openHour: 9 },
  { date: TO, openHour: 9 },
];
const SCHEDULE = costSchedule(
  commissionPreset("kis-bankis-online"),
  { market: "KOSDAQ", kind: "stock" },
  FROM,
  TO,
);
const FREE = { from: [], commissionRates: [], sellTaxRates: [] };

let database: TestDatabase;
let store: Store;
beforeAll(async () => {
  database = await freshDatabase({ migrated: true });
  store = await openStore(database.urls);
});
afterAll(async () => {
  await store.close();
  await database.drop();
});

const dayOf = (timeUs: number) => Math.floor((timeUs + KST_OFFSET_US) / DAY_US);
const dayOfDate = (date: string) => dayOf(kstMidnightUs(tradeDate(date)));

function columnsOf(bars: readonly TestBar[]): BarColumns {
  return {
    barTimeUs: Float64Array.from(bars, (bar) => bar.barTimeUs),
    open: Float64Array.from(bars, (bar) => Math.round(bar.open * 10_000)),
    close: Float64Array.from(bars, (bar) => Math.round(bar.close * 10_000)),
    isNormal: Uint8Array.from(bars, (bar) => (bar.quality === "normal" ? 1 : 0)),
  };
}

function datedCosts(schedule: typeof FREE | typeof SCHEDULE): DatedCosts {
  return {
    fromDay: Int32Array.from(schedule.from, dayOfDate),
    commissionRate: Float64Array.from(schedule.commissionRates),
    sellTaxRate: Float64Array.from(schedule.sellTaxRates),
  };
}

interface TradeRow {
  direction: string;
  signal_time: number;
  entry_time: number;
  exit_time: number;
  entry_price: string;
  exit_price: string;
  gross_return: number;
  net_return: number;
}

async function tradesInSql(
  symbol: string,
  options: FixedHoldOptions,
  schedule: typeof SCHEDULE,
): Promise<TradeRow[]> {
  const answer = await store.reader.query<TradeRow>(
    `SELECT direction, signal_time, entry_time, exit_time, entry_price, exit_price, gross_return, net_return
     FROM fixed_hold_trades($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    [
      symbol,
      FROM,
      TO,
      options.entryThreshold,
      Number.isNaN(options.exitThreshold) ? null : options.exitThreshold,
      options.holdBars,
      options.mode,
      options.directions,
      options.fill,
      schedule.from,
      schedule.commissionRates,
      schedule.sellTaxRates,
    ],
  );
  return answer.rows;
}

function tradesInKernel(columns: BarColumns, options: FixedHoldOptions): TradeRow[] {
  const trades = fixedHoldTrades(columns, options);
  const timeOf = (i: number | undefined) => columns.barTimeUs[i ?? -1] ?? Number.NaN;
  return Array.from(trades.side, (side, i) => ({
    direction: side === 1 ? "long" : "short",
    signal_time: timeOf(trades.signalIndex[i]),
    entry_time: timeOf(trades.signalIndex[i]) + 600_000_000,
    exit_time: timeOf(trades.exitIndex[i]) + 600_000_000,
    entry_price: ((trades.entryPrice[i] ?? Number.NaN) / 10_000).toFixed(4),
    exit_price: ((trades.exitPrice[i] ?? Number.NaN) / 10_000).toFixed(4),
    gross_return: trades.grossReturn[i] ?? Number.NaN,
    net_return: trades.netReturn[i] ?? Number.NaN,
  }));
}

/** Sessions of one symbol: steps of half a per cent of 10,000 won, so that moves hit thresholds exactly. */
const someBars = fc
  .array(
    fc.record({
      step: fc.integer({ min: -5, max: 5 }),
      openStep: fc.integer({ min: -1, max: 1 }),
      fate: fc.constantFrom(...Array<"normal">(12).fill("normal"), "degraded", "gap", "missing"),
    }),
    { minLength: 3 * 39, maxLength: 3 * 39 },
  )
  .map((slots) => {
    let close = 10_000;
    return slots.flatMap(({ step, openStep, fate }, i) => {
      const session = SESSIONS[Math.floor(i / 39)];
      const open = Math.max(500, close + openStep * 25);
      close = Math.max(500, close + step * 50);
      if (session === undefined || fate === "missing") return [];
      return [{ barTimeUs: slotUs(session.date, session.openHour, i % 39), open, close, quality: fate }];
    });
  });

const someOptions = fc.record({
  entryThreshold: fc.constantFrom(0.005, 0.01, 0.0125),
  exitThreshold: fc.constantFrom(Number.NaN, 0.003, 0.005, 0.009),
  holdBars: fc.constantFrom(1, 2, 6),
});

let symbolsMade = 0;
const nextSymbol = () => `T${String(++symbolsMade).padStart(5, "0")}`;

test("SQL and kernel agree trade for trade and metric for metric, to the last bit", async () => {
  let compared = 0;
  await fc.assert(
    fc.asyncProperty(someBars, someBars, someOptions, async (bars, others, shape) => {
      const symbol = nextSymbol();
      const tested = bars.map((bar) => ({ ...bar, symbol }));
      const neighbour = others.map((bar) => ({ ...bar, symbol: `${symbol}Z` }));
      await writeBars(database, [...tested, ...neighbour]);
      const columns = columnsOf(tested);
      for (const mode of ["mean_reversion", "momentum"] as const)
        for (const directions of ["long", "short", "both"] as const)
          for (const fill of ["signal_close", "next_open"] as const)
            for (const schedule of [FREE, SCHEDULE]) {
              const options = { ...shape, mode, directions, fill, costs: datedCosts(schedule) };
              const expected = tradesInKernel(columns, options);
              expect(await tradesInSql(symbol, options, schedule)).toEqual(expected);
              expect(await metricsInSql(symbol, options, schedule)).toEqual(
                metricsInKernel(columns, options),
              );
              compared += expected.length;
            }
    }),
    { numRuns: 12, seed: 20250304 },
  );
  expect(compared).toBeGreaterThan(1000);
});

const METRICS =
  "trades, wins, losses, win_rate, total_return, avg_return, max_return, min_return, profit_factor, sharpe_ratio, sortino_ratio, max_drawdown, avg_drawdown, t_statistic, note";

async function metricsInSql(
  symbol: string,
  options: FixedHoldOptions,
  schedule: typeof SCHEDULE,
): Promise<unknown> {
  const answer = await store.reader.query(
    `SELECT ${METRICS}
     FROM fixed_hold_grid($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
    [
      [symbol],
      FROM,
      TO,
      [options.entryThreshold],
      [Number.isNaN(options.exitThreshold) ? null : options.exitThreshold],
      [options.holdBars],
      [options.mode],
      options.directions,
      options.fill,
      schedule.from,
      schedule.commissionRates,
      schedule.sellTaxRates,
      TRADING_DAYS,
    ],
  );
  expect(answer.rows.length).toBe(options.exitThreshold >= options.entryThreshold ? 0 : 1);
  return answer.rows[0];
}

// Days of a calendar without holidays: what counts is that both sides are given the same.
const TRADING_DAYS = Array.from({ length: 60 }, (_, i) =>
  new Date(Date.UTC(2024, 10, 1 + i)).toISOString().slice(0, 10),
);

function metricsInKernel(columns: BarColumns, options: FixedHoldOptions): unknown {
  if (options.exitThreshold >= options.entryThreshold) return undefined;
  const trades = fixedHoldTrades(columns, options);
  const days = columns.barTimeUs.filter((_, i) => columns.isNormal[i] === 1).map(dayOf);
  const first = days[0] ?? Number.NaN;
  const last = days.at(-1) ?? Number.NaN;
  const span = Int32Array.from(TRADING_DAYS, dayOfDate).filter((day) => first <= day && day <= last);
  const m = tradeMetrics(trades.netReturn, trades.day, span);
  const known = (value: number) => (Number.isNaN(value) ? null : value);
  return {
    trades: m.trades,
    wins: m.wins,
    losses: m.losses,
    win_rate: known(m.winRate),
    total_return: known(m.totalReturn),
    avg_return: known(m.avgReturn),
    max_return: known(m.maxReturn),
    min_return: known(m.minReturn),
    profit_factor: known(m.profitFactor),
    sharpe_ratio: known(m.sharpeRatio),
    sortino_ratio: known(m.sortinoRatio),
    max_drawdown: known(m.maxDrawdown),
    avg_drawdown: known(m.avgDrawdown),
    t_statistic: known(m.tStatistic),
    note: m.notes.length === 0 ? null : m.notes.join("; "),
  };
}

test("executions on 2024-12-26 pay the tax of 2024, those on 2024-12-27 the tax of 2025", async () => {
  const symbol = nextSymbol();
  const closes = [20_000, 19_800, 20_000];
  await writeBars(
    database,
    SESSIONS.slice(1).flatMap(({ date, openHour }) =>
      closes.map((close, slot) => ({
        symbol,
        barTimeUs: slotUs(date, openHour, slot),
        open: close,
        close,
        quality: "normal" as const,
      })),
    ),
  );
  const options: FixedHoldOptions = {
    entryThreshold: 0.01,
    exitThreshold: Number.NaN,
    holdBars: 1,
    mode: "mean_reversion",
    directions: "long",
    fill: "signal_close",
    costs: datedCosts(SCHEDULE),
  };
  const trades = await tradesInSql(symbol, options, SCHEDULE);
  const fee = 0.000140527;
  expect(trades.map((trade) => trade.net_return)).toEqual([
    (200_000_000 * (1 - fee - 0.0018)) / (198_000_000 * (1 + fee)) - 1,
    (200_000_000 * (1 - fee - 0.0015)) / (198_000_000 * (1 + fee)) - 1,
  ]);
});

test("a move of exactly a threshold reaches it, at the entry and at the exit", async () => {
  const symbol = nextSymbol();
  const bars = [20_000, 19_900, 19_999.5, 19_999.4, 20_100].map((close, slot) => ({
    symbol,
    barTimeUs: slotUs(FROM, 10, slot),
    open: close,
    close,
    quality: "normal" as const,
  }));
  await writeBars(database, bars);
  // 19,900 is 0.5 % below 20,000; 19,999.5 is 0.5 % above 19,900.
  const options: FixedHoldOptions = {
    entryThreshold: 0.005,
    exitThreshold: 0.005,
    holdBars: 3,
    mode: "mean_reversion",
    directions: "long",
    fill: "signal_close",
    costs: datedCosts(FREE),
  };
  const trades = await tradesInSql(symbol, options, FREE);
  expect(trades.map((trade) => trade.exit_price)).toEqual(["19999.5000"]);
  expect(tradesInKernel(columnsOf(bars), options)).toEqual(trades);
});

test("a hold does not reach over the close, nor a signal back over the night", async () => {
  const symbol = nextSymbol();
  // 15:10 falls, 15:20 is the last bar; the next morning opens far lower.
  const bars = [
    ...[20_000, 19_800, 19_900].map((close, i) => ({ slot: 36 + i, date: SESSIONS[1]?.date ?? FROM, close })),
    ...[15_000, 15_000, 15_000].map((close, i) => ({ slot: i, date: TO, close })),
  ];
  await writeBars(
    database,
    bars.map(({ slot, date, close }) => ({
      symbol,
      barTimeUs: slotUs(date, 9, slot),
      open: close,
      close,
      quality: "normal" as const,
    })),
  );
  const trades = (holdBars: number) =>
    store.reader.query(
      "SELECT exit_time FROM fixed_hold_trades($1, $2, $3, 0.01, hold_bars => $4, directions => 'both')",
      [symbol, FROM, TO, holdBars],
    );
  expect((await trades(1)).rows).toEqual([{ exit_time: slotUs(SESSIONS[1]?.date ?? FROM, 9, 39) }]);
  expect((await trades(2)).rows).toEqual([]);
});

test("a bar off the ten-minute grid is no slot and changes nothing", async () => {
  const symbol = nextSymbol();
  const onGrid = [20_000, 19_800, 19_900].map((close, slot) => ({
    symbol,
    barTimeUs: slotUs(TO, 9, slot),
    open: close,
    close,
    quality: "normal" as const,
  }));
  await writeBars(database, onGrid);
  const count = () =>
    database.query(
      "SELECT signal_time, net_return FROM fixed_hold_trades($1, $2, $3, 0.01, hold_bars => 1)",
      [symbol, FROM, TO],
    );
  const before = await count();
  expect(before.length).toBe(1);
  await writeBars(database, [
    { ...onGrid[1], symbol, open: 1, close: 1, quality: "normal", barTimeUs: slotUs(TO, 9, 1.5) },
  ]);
  expect(await count()).toEqual(before);
});

test.each([
  ["hold_bars => 0", /no such search/],
  ["mode => 'reversal'", /no such search/],
  ["directions => 'sideways'", /no such search/],
  ["fill => 'best'", /no such search/],
  [
    "cost_from => '{2024-12-27}', commission_rates => '{0.001}', sell_tax_rates => '{0.001}'",
    /no valid rates/,
  ],
  ["cost_from => '{2024-01-01}', commission_rates => '{0.001}', sell_tax_rates => '{}'", /no valid rates/],
])("refuses %s", async (argument, message) => {
  const symbol = nextSymbol();
  await writeBars(
    database,
    [20_000, 19_800, 19_900].map((close, slot) => ({
      symbol,
      barTimeUs: slotUs(FROM, 10, slot),
      open: close,
      close,
      quality: "normal" as const,
    })),
  );
  const call = `SELECT net_return FROM fixed_hold_trades($1, $2, $3, 0.01, ${/hold_bars/.test(argument) ? argument : `hold_bars => 1, ${argument}`})`;
  await expect(store.reader.query(call, [symbol, FROM, TO])).rejects.toThrow(message);
});
