import { randomBytes } from "node:crypto";
import pg from "pg";
import { inject } from "vitest";
import { buildBars, findGaps, syncMarketSessions } from "../src/derive/index.ts";
import { tradeDate } from "../src/record/index.ts";
import { ensureRoles, openStore, type Store } from "../src/store/index.ts";
import { freshDatabase, type TestDatabase } from "./postgres.ts";
import { kst } from "./sample-records.ts";
import { roleUrl } from "./template.ts";

/** After the close of the last day of the fixture. */
export const NOW_US = kst("2026-01-07", "18:00:00");

/**
 * Three days of two symbols: ticks of one file on the first day, with a hole that was found, and live ones on the second;
 * 10-minute bars of a file on the first day, live ones after it; a portfolio that bought once; one candidate.
 */
const ROWS = `
  SELECT create_monthly_partition('scalp_ticks', '2026-01-01'), create_monthly_partition('scalp_ticks', '2026-02-01');
  SELECT move_hot_bound('2025-12-31 00:00+09');

  INSERT INTO ingest_files (file_id, path, dataset, sha256, bytes, lines, rows, rejects, state, checkpoint_bytes,
    checkpoint_lines, first_event_time, last_event_time, derived_at, finished_at)
  VALUES
    (1, 'scalp/20260105_09.jsonl', 'scalp', repeat('a', 64), 100, 2341, 2340, 1, 'loaded', 100, 2341,
      '2026-01-05 09:00:00.1+09', '2026-01-05 09:09:59.6+09', now(), now()),
    (2, 'swing/20260105.jsonl', 'swing', repeat('b', 64), 100, 78, 78, 0, 'loaded', 100, 78,
      '2026-01-05 09:00+09', '2026-01-05 15:20+09', now(), now()),
    (3, 'system/gap_20260105.jsonl', 'gap', repeat('c', 64), 100, 1, 1, 0, 'loaded', 100, 1,
      '2026-01-05 11:00+09', '2026-01-05 11:00+09', now(), now());
  SELECT setval('ingest_files_file_id_seq', 3);
  INSERT INTO ingest_rejects (file_id, line, code, field, reason, raw, raw_bytes)
  VALUES (1, 7, 'V-006', 'last_price', 'found -1', '{}', 2);
  INSERT INTO collector_sessions (session_id, track, broker, started_at, ended_at)
  VALUES ('live', 'scalp', 'kis', '2026-01-06 08:50+09', '2026-01-07 16:00+09');

  INSERT INTO scalp_ticks (symbol, event_time, bid_price, ask_price, last_price, bid_size, ask_size, volume, acml_volume,
    session_id, ingest_file_id)
  SELECT symbol, timestamptz '2026-01-05 09:00:00.1+09' + n * interval '0.5 second',
    70000 + n % 7 * 100, 70100 + n % 7 * 100, 70000 + n % 7 * 100, 10, 10, 3, 3 * (n + 1), 'file', 1
  FROM generate_series(0, 1199) AS n, unnest('{000660,005930}'::text[]) AS symbol
  WHERE NOT (symbol = '000660' AND n BETWEEN 360 AND 419);
  INSERT INTO scalp_ticks (symbol, event_time, bid_price, ask_price, last_price, bid_size, ask_size, volume, session_id)
  SELECT '005930', timestamptz '2026-01-06 09:00:00.1+09' + n * interval '0.5 second',
    70000 + n % 7 * 100, 70100 + n % 7 * 100, 70000 + n % 7 * 100, 10, 10, 3, 'live'
  FROM generate_series(0, 599) AS n;
  INSERT INTO scalp_1m_bars (symbol, bar_time, open, high, low, close, volume, coverage_ratio, session_id, source)
  VALUES ('005930', '2026-01-05 10:00+09', 70000, 70200, 69900, 70100, 500, 0.8, 'import', 'import');

  INSERT INTO swing_bars_10m (symbol, bar_time, open, high, low, close, volume, bid_price, ask_price, session_id, source,
    ingest_file_id)
  SELECT symbol, day + slot * interval '10 minutes', 70000, 70500, 69500, 70000 + slot * 10, 100, 70000, 70100,
    CASE WHEN day < '2026-01-06' THEN 'file' ELSE 'live' END, 'kis', CASE WHEN day < '2026-01-06' THEN 2 END
  FROM unnest('{2026-01-05 09:00+09,2026-01-06 09:00+09,2026-01-07 09:00+09}'::timestamptz[]) AS day,
    generate_series(0, 38) AS slot, unnest('{000660,005930}'::text[]) AS symbol;
  INSERT INTO scalp_gaps (gap_start_ts, gap_end_ts, gap_seconds, scope, symbol, reason, session_id, ingest_file_id)
  VALUES ('2026-01-05 11:00+09', '2026-01-05 11:01+09', 60, 'scalp', '005930', 'ws_disconnect', 'file', 3);
  INSERT INTO eod_prices (symbol, trade_date, open, high, low, close, volume, prev_close)
  VALUES ('005930', '2026-01-05', 70000, 70500, 69500, 70380, 3900, 70000);

  INSERT INTO portfolio_policy (policy_id, name, rebalance_freq, max_position_pct) VALUES ('core', 'Core', 'daily', 0.8);
  INSERT INTO target_weights (policy_id, symbol, target_weight, effective_date)
  VALUES ('core', '005930', 0.6, '2026-01-05'), ('core', '000660', 0.4, '2026-01-05');
  INSERT INTO portfolio_ledger (policy_id, entry_time, kind, cash_amount)
  VALUES ('core', '2026-01-05 08:00+09', 'deposit', 1000000);
  INSERT INTO portfolio_snapshot (snapshot_id, policy_id, snapshot_time, total_value, cash, invested_value, allocation_drift)
  VALUES (1, 'core', '2026-01-05 09:31+09', 1000000, 1000000, 0, sqrt(0.6 ^ 2 + 0.4 ^ 2));
  INSERT INTO portfolio_positions (snapshot_id, symbol, quantity, market_price, market_value, target_weight,
    current_weight, weight_diff)
  VALUES (1, '005930', 0, 70000, 0, 0.6, 0, -0.6), (1, '000660', 0, 70000, 0, 0.4, 0, -0.4);
  INSERT INTO rebalance_plan (plan_id, policy_id, snapshot_id, status, started_at, completed_at, created_at)
  VALUES (1, 'core', 1, 'done', '2026-01-05 09:32+09', '2026-01-05 09:33+09', '2026-01-05 09:31+09');
  INSERT INTO rebalance_orders (order_id, plan_id, symbol, side, target_qty, status, submitted_at)
  VALUES (1, 1, '005930', 'BUY', 5, 'filled', '2026-01-05 09:32+09');
  INSERT INTO rebalance_execution (exec_id, order_id, filled_qty, filled_price, exec_time, commission, status)
  VALUES (1, 1, 5, 70000, '2026-01-05 09:32+09', 50, 'FILLED');
  INSERT INTO portfolio_ledger (policy_id, entry_time, kind, symbol, quantity, price, cash_amount, exec_id) VALUES
    ('core', '2026-01-05 09:32+09', 'buy', '005930', 5, 70000, -350000, 1),
    ('core', '2026-01-05 09:32+09', 'commission', '005930', 0, NULL, -50, 1);
  INSERT INTO portfolio_snapshot (snapshot_id, policy_id, snapshot_time, total_value, cash, invested_value, allocation_drift)
  VALUES (2, 'core', '2026-01-06 09:31+09', 999950, 649950, 350000,
    sqrt((350000.0 / 999950 - 0.6) ^ 2 + 0.4 ^ 2));
  INSERT INTO portfolio_positions (snapshot_id, symbol, quantity, market_price, market_value, target_weight,
    current_weight, weight_diff)
  VALUES (2, '005930', 5, 70000, 350000, 0.6, 350000.0 / 999950, 350000.0 / 999950 - 0.6),
    (2, '000660', 0, 70000, 0, 0.4, 0, -0.4);

  INSERT INTO analysis_runs (run_id, kind, config, config_hash, input_fingerprint, code_version, state, finished_at, trials)
  VALUES (1, 'optimize', '{}', repeat('d', 64), repeat('e', 64), '0.1.0', 'finished', now(), 1);
  INSERT INTO analysis_threshold_candidates (candidate_id, run_id, symbol, strategy_type, entry_threshold_pct,
    exit_threshold_pct, backtest_start, backtest_end, total_trades, winning_trades, losing_trades, win_rate)
  VALUES (1, 1, '005930', 'swing', 0.01, 0.02, '2026-01-05', '2026-01-07', 3, 1, 2, 1 / 3.0::double precision);
`;

/** A database in which every check has something to look at and nothing to find. */
export async function validDatabase(): Promise<TestDatabase> {
  const database = await freshDatabase();
  await database.query(ROWS);
  const store = await openStore(database.urls);
  const range = { from: tradeDate("2026-01-05"), to: tradeDate("2026-01-07") };
  await syncMarketSessions(store, tradeDate("2026-01-03"), range.to);
  await buildBars(store, range);
  await findGaps(store, range);
  await store.close();
  return database;
}

export interface DatabaseCopy {
  store: Store;
  query<R extends pg.QueryResultRow>(sql: string): Promise<R[]>;
  drop(): Promise<void>;
}

/** A copy of a database that nobody is connected to. */
export async function copyOf(source: string): Promise<DatabaseCopy> {
  const { adminUrl, passwords } = inject("postgres");
  const name = `test_${randomBytes(6).toString("hex")}`;
  await asAdmin(adminUrl, `CREATE DATABASE ${name} TEMPLATE ${source} OWNER observer_owner`);
  await ensureRoles(adminUrl, { passwords, database: name });
  const url = (role: "owner" | "writer" | "reader") =>
    roleUrl(adminUrl, `observer_${role}`, passwords[role], name);
  const store = await openStore({ owner: url("owner"), writer: url("writer"), reader: url("reader") });
  const owner = new pg.Client({ connectionString: url("owner") });
  owner.on("error", () => undefined);
  await owner.connect();
  return {
    store,
    query: async <R extends pg.QueryResultRow>(sql: string) => (await owner.query<R>(sql)).rows,
    drop: async () => {
      await store.close();
      await owner.end();
      await asAdmin(adminUrl, `DROP DATABASE ${name} WITH (FORCE)`);
    },
  };
}

export async function closeConnections(database: TestDatabase): Promise<void> {
  const { adminUrl } = inject("postgres");
  await asAdmin(
    adminUrl,
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${database.name}'`,
  );
}

async function asAdmin(adminUrl: string, statement: string): Promise<void> {
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  try {
    await admin.query(statement);
  } finally {
    await admin.end();
  }
}
