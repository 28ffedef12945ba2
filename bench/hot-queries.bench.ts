import { formatInstant, kstMidnightUs, type TimeUs, tradeDate } from "../dist/record/index.js";
import { openClient, queriesOn, type Store, sqlFile } from "../dist/store/index.js";
import { machine, median } from "./machine.js";
import { openScratchVault } from "./scratch-vault.js";

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 25);
const HOUR_US = 3_600_000_000;
const FIVE = ["100000", "100017", "100034", "100051", "100068"];
const END = kstMidnightUs(tradeDate("2026-01-31"));
const START = kstMidnightUs(tradeDate("2026-01-01"));

/** The questions of the original design at one month × 131 symbols, against the times it asked for. */
export async function benchHotQueries(): Promise<void> {
  const scratch = await openScratchVault();
  const { store } = scratch.vault;
  console.log(`\n## Hot queries at one month × 131 symbols\n\n${machine(scratch.version)}\n`);
  await fill(store);
  const query = queriesOn(store);
  const lastHour = (kstMidnightUs(tradeDate("2026-01-30")) + 12 * HOUR_US) as TimeUs;
  const at = (timeUs: TimeUs) => formatInstant(timeUs);
  const hourBefore = (lastHour - HOUR_US) as TimeUs;
  const questions: Question[] = [
    {
      name: "the last hour of 1-minute bars, all symbols",
      targetMs: 100,
      sql: "minute_bars_of_hour",
      values: [at(hourBefore), at(lastHour)],
      ask: () => query.getLastHourOf1mBars(lastHour),
    },
    {
      name: "10-minute bars of 5 symbols over 30 days, 100 of them",
      targetMs: 50,
      sql: "swing_bars_of_symbols",
      values: [FIVE, at(START), at(END), 100],
      ask: () => query.getBarsOfSymbols(FIVE, START, END, 100),
    },
    {
      name: "the latest portfolio snapshot",
      targetMs: 30,
      sql: "latest_portfolio_snapshot",
      values: [],
      ask: () => query.getSnapshot("latest"),
    },
    {
      name: "the return volatility of every symbol over 30 days",
      targetMs: 5_000,
      sql: "return_volatility",
      values: [at(START), at(END)],
      ask: () => query.getReturnVolatility(START, END),
    },
    {
      name: "the newest 100 normal bars of a symbol",
      targetMs: 50,
      sql: "latest_normal_swing_bars",
      values: ["100000", at(START), 100],
      ask: () => query.getLatestNormalBars("100000", START, 100),
    },
  ];
  console.log(
    "| question | asked for (ms) | server, median (ms) | faster by | typed rows in Node, median (ms) |",
  );
  console.log("|---|---:|---:|---:|---:|");
  for (const { name, targetMs, sql, values, ask } of questions) {
    const server: number[] = [];
    const client: number[] = [];
    for (let round = 0; round <= ROUNDS; round++) {
      const executed = await serverMs(store, sql, values);
      const started = performance.now();
      await ask();
      // The first round warms up and is not counted.
      if (round === 0) continue;
      server.push(executed);
      client.push(performance.now() - started);
    }
    const time = median(server);
    console.log(
      `| ${name} | ${targetMs} | ${time.toFixed(2)} | ${(targetMs / time).toFixed(0)} × | ${median(client).toFixed(2)} |`,
    );
  }
  await scratch.close();
}

interface Question {
  name: string;
  /** What the original design asked for, which it measures as EXPLAIN ANALYZE does. */
  targetMs: number;
  sql: string;
  values: unknown[];
  ask: () => Promise<unknown>;
}

async function serverMs(store: Store, name: string, values: unknown[]): Promise<number> {
  const explained = await store.reader.query<{ "QUERY PLAN": [{ "Execution Time": number }] }>(
    `EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) ${sqlFile(name)}`,
    values,
  );
  return explained.rows[0]?.["QUERY PLAN"][0]["Execution Time"] ?? Number.NaN;
}

async function fill(store: Store): Promise<void> {
  const owner = await openClient(store.urls.owner, "observer bench");
  const symbols = "SELECT (100000 + 17 * n)::text AS symbol, n FROM generate_series(0, 130) AS n";
  const days =
    "SELECT d::date AS day FROM generate_series('2026-01-02'::date, '2026-01-30', '1 day') AS d WHERE extract(isodow FROM d) < 6";
  await owner.query(`
    INSERT INTO swing_bars_10m (symbol, bar_time, open, high, low, close, volume, bid_price, ask_price, session_id)
    SELECT symbol, (day + time '09:00') AT TIME ZONE 'Asia/Seoul' + slot * interval '10 minutes',
      20000 + n, 20100 + n, 19900 + n, 20000 + n + (n * slot) % 90, 1000 + slot, 19990, 20000, 'bench'
    FROM (${symbols}) AS s, (${days}) AS d, generate_series(0, 38) AS slot`);
  await owner.query(`
    INSERT INTO scalp_1m_bars (symbol, bar_time, open, high, low, close, volume, coverage_ratio, session_id)
    SELECT symbol, (day + time '09:00') AT TIME ZONE 'Asia/Seoul' + minute * interval '1 minute',
      20000 + n, 20100 + n, 19900 + n, 20000 + n, 100, 1, 'bench'
    FROM (${symbols}) AS s, (${days}) AS d, generate_series(0, 379) AS minute`);
  await owner.query(`
    INSERT INTO portfolio_policy (policy_id, name, rebalance_freq, max_position_pct) VALUES ('bench', 'bench', 'daily', 0.1)`);
  await owner.query(`
    INSERT INTO portfolio_snapshot (policy_id, snapshot_time, total_value, cash, invested_value)
    SELECT 'bench', (day + time '09:31') AT TIME ZONE 'Asia/Seoul', 100000000, 1000000, 99000000 FROM (${days}) AS d`);
  await owner.query("VACUUM (ANALYZE) swing_bars_10m, scalp_1m_bars, portfolio_snapshot");
  await owner.end();
}
