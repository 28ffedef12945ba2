import { freshDatabase, type TestDatabase } from "./postgres.ts";

/**
 * A database as Phase 13 left it: the tables of its guide word for word, the foreign key that PostgreSQL refuses left
 * out, and data with everything that went wrong in it. Two of them are equal to the last microsecond.
 */
export async function phase13Database(
  options: { quotes?: boolean; ledger?: string; portfolio?: boolean } = {},
): Promise<TestDatabase> {
  const database = await freshDatabase({ migrated: false });
  await database.query(MARKET_TABLES);
  if (options.quotes !== false) {
    await database.query(
      "ALTER TABLE swing_bars_10m ADD COLUMN bid_price NUMERIC(15,4), ADD COLUMN ask_price NUMERIC(15,4)",
    );
  }
  await database.query(
    options.ledger ?? "CREATE TABLE migration_log (version TEXT PRIMARY KEY, applied_at TIMESTAMPTZ)",
  );
  await database.query(TICKS);
  await database.query(BARS);
  if (options.quotes !== false) {
    await database.query("UPDATE swing_bars_10m SET bid_price = close - 50, ask_price = close");
  }
  if (options.portfolio !== false) {
    await database.query(PORTFOLIO_TABLES);
    await database.query(PORTFOLIO);
  }
  return database;
}

const MARKET_TABLES = `
CREATE TABLE scalp_ticks (
    id BIGSERIAL PRIMARY KEY, symbol VARCHAR(20) NOT NULL, event_time TIMESTAMPTZ NOT NULL,
    bid_price NUMERIC(15,4), ask_price NUMERIC(15,4), bid_size BIGINT, ask_size BIGINT,
    last_price NUMERIC(15,4), volume BIGINT, session_id VARCHAR(50) NOT NULL,
    schema_version VARCHAR(10) DEFAULT '1.0', receive_time TIMESTAMPTZ DEFAULT NOW(),
    mitigation_level INT DEFAULT 0, quality_flag VARCHAR(20) DEFAULT 'normal'
);
CREATE INDEX idx_scalp_ticks_symbol_time ON scalp_ticks(symbol, event_time);
CREATE INDEX idx_scalp_ticks_session ON scalp_ticks(session_id);
CREATE TABLE scalp_1m_bars (
    symbol VARCHAR(20) NOT NULL, bar_time TIMESTAMPTZ NOT NULL,
    open NUMERIC(15,4), high NUMERIC(15,4), low NUMERIC(15,4), close NUMERIC(15,4), volume BIGINT,
    coverage_ratio FLOAT, session_id VARCHAR(50) NOT NULL, schema_version VARCHAR(10) DEFAULT '1.0',
    mitigation_level INT DEFAULT 0, quality_flag VARCHAR(20) DEFAULT 'normal', PRIMARY KEY (symbol, bar_time)
);
CREATE INDEX idx_scalp_1m_bars_session ON scalp_1m_bars(session_id);
CREATE TABLE scalp_gaps (
    id SERIAL PRIMARY KEY, gap_start_ts TIMESTAMPTZ NOT NULL, gap_end_ts TIMESTAMPTZ NOT NULL,
    gap_seconds INT NOT NULL, scope VARCHAR(20), reason VARCHAR(100), session_id VARCHAR(50) NOT NULL
);
CREATE INDEX idx_scalp_gaps_session ON scalp_gaps(session_id);
CREATE INDEX idx_scalp_gaps_time ON scalp_gaps(gap_start_ts);
CREATE TABLE swing_bars_10m (
    symbol VARCHAR(20) NOT NULL, bar_time TIMESTAMPTZ NOT NULL,
    open NUMERIC(15,4), high NUMERIC(15,4), low NUMERIC(15,4), close NUMERIC(15,4), volume BIGINT,
    session_id VARCHAR(50) NOT NULL, schema_version VARCHAR(10) DEFAULT '1.0',
    mitigation_level INT DEFAULT 0, quality_flag VARCHAR(20) DEFAULT 'normal', PRIMARY KEY (symbol, bar_time)
);
CREATE INDEX idx_swing_10m_session ON swing_bars_10m(session_id);
CREATE TABLE eod_prices (
    symbol VARCHAR(20) NOT NULL, trade_date DATE NOT NULL,
    open NUMERIC(15,4), high NUMERIC(15,4), low NUMERIC(15,4), close NUMERIC(15,4), volume BIGINT,
    prev_close NUMERIC(15,4), schema_version VARCHAR(10) DEFAULT '1.0', PRIMARY KEY (symbol, trade_date)
);
CREATE INDEX idx_eod_prices_date ON eod_prices(trade_date);`;

const PORTFOLIO_TABLES = `
CREATE TABLE portfolio_policy (
    policy_id VARCHAR(50) PRIMARY KEY, name VARCHAR(100) NOT NULL, description TEXT,
    rebalance_freq VARCHAR(20) NOT NULL, max_position_pct FLOAT NOT NULL, min_position_pct FLOAT DEFAULT 0.01,
    rebalance_threshold FLOAT DEFAULT 0.05, created_at TIMESTAMPTZ DEFAULT NOW(), updated_at TIMESTAMPTZ DEFAULT NOW()
);
CREATE INDEX idx_portfolio_policy_name ON portfolio_policy(name);
CREATE TABLE portfolio_snapshot (
    snapshot_id BIGSERIAL PRIMARY KEY, policy_id VARCHAR(50) NOT NULL REFERENCES portfolio_policy(policy_id),
    snapshot_time TIMESTAMPTZ NOT NULL, total_value NUMERIC(20,4) NOT NULL, cash NUMERIC(20,4) NOT NULL,
    invested_value NUMERIC(20,4) NOT NULL, allocation_drift FLOAT, session_id VARCHAR(50),
    created_at TIMESTAMPTZ DEFAULT NOW()
);
CREATE INDEX idx_portfolio_snapshot_policy ON portfolio_snapshot(policy_id);
CREATE INDEX idx_portfolio_snapshot_time ON portfolio_snapshot(snapshot_time DESC);
CREATE INDEX idx_portfolio_snapshot_session ON portfolio_snapshot(session_id);
CREATE TABLE portfolio_positions (
    position_id BIGSERIAL PRIMARY KEY, snapshot_id BIGINT NOT NULL REFERENCES portfolio_snapshot(snapshot_id),
    symbol VARCHAR(20) NOT NULL, quantity BIGINT, avg_price NUMERIC(15,4), market_price NUMERIC(15,4),
    market_value NUMERIC(20,4), target_weight FLOAT, current_weight FLOAT, weight_diff FLOAT,
    created_at TIMESTAMPTZ DEFAULT NOW()
);
CREATE INDEX idx_portfolio_positions_snapshot ON portfolio_positions(snapshot_id);
CREATE INDEX idx_portfolio_positions_symbol ON portfolio_positions(symbol);
CREATE TABLE target_weights (
    policy_id VARCHAR(50) NOT NULL REFERENCES portfolio_policy(policy_id), symbol VARCHAR(20) NOT NULL,
    target_weight FLOAT NOT NULL, effective_date DATE NOT NULL, created_at TIMESTAMPTZ DEFAULT NOW(),
    PRIMARY KEY (policy_id, symbol, effective_date)
);
CREATE INDEX idx_target_weights_policy_date ON target_weights(policy_id, effective_date);
CREATE INDEX idx_target_weights_symbol ON target_weights(symbol);
CREATE TABLE rebalance_plan (
    plan_id BIGSERIAL PRIMARY KEY, policy_id VARCHAR(50) NOT NULL REFERENCES portfolio_policy(policy_id),
    snapshot_id BIGINT NOT NULL REFERENCES portfolio_snapshot(snapshot_id), created_at TIMESTAMPTZ DEFAULT NOW(),
    status VARCHAR(20) DEFAULT 'pending', reason VARCHAR(100), session_id VARCHAR(50),
    started_at TIMESTAMPTZ, completed_at TIMESTAMPTZ
);
CREATE INDEX idx_rebalance_plan_policy ON rebalance_plan(policy_id);
CREATE INDEX idx_rebalance_plan_session ON rebalance_plan(session_id);
CREATE INDEX idx_rebalance_plan_status ON rebalance_plan(status);
CREATE TABLE rebalance_orders (
    order_id BIGSERIAL PRIMARY KEY, plan_id BIGINT NOT NULL REFERENCES rebalance_plan(plan_id),
    symbol VARCHAR(20) NOT NULL, side VARCHAR(10) NOT NULL CHECK (side IN ('BUY', 'SELL')), target_qty BIGINT,
    order_type VARCHAR(20) DEFAULT 'MARKET', limit_price NUMERIC(15,4), status VARCHAR(20) DEFAULT 'pending',
    created_at TIMESTAMPTZ DEFAULT NOW(), submitted_at TIMESTAMPTZ
);
CREATE INDEX idx_rebalance_orders_plan ON rebalance_orders(plan_id);
CREATE INDEX idx_rebalance_orders_symbol ON rebalance_orders(symbol);
CREATE INDEX idx_rebalance_orders_status ON rebalance_orders(status);
CREATE TABLE rebalance_execution (
    exec_id BIGSERIAL PRIMARY KEY, order_id BIGINT NOT NULL REFERENCES rebalance_orders(order_id), filled_qty BIGINT,
    filled_price NUMERIC(15,4), exec_time TIMESTAMPTZ, commission NUMERIC(20,4), slippage NUMERIC(20,4),
    status VARCHAR(20), error_msg TEXT, created_at TIMESTAMPTZ DEFAULT NOW()
);
CREATE INDEX idx_rebalance_execution_order ON rebalance_execution(order_id);
CREATE INDEX idx_rebalance_execution_exec_time ON rebalance_execution(exec_time DESC);
CREATE VIEW portfolio_positions_summary AS
SELECT p.position_id, p.symbol, p.quantity, s.close AS market_price
FROM portfolio_positions p JOIN swing_bars_10m s ON p.symbol = s.symbol;`;

/** 5,000 seconds of six symbols at the end of December, of January and of February (KST): 90,000 ticks, and then: */
const TICKS = `
INSERT INTO scalp_ticks (symbol, event_time, bid_price, ask_price, bid_size, ask_size, last_price, volume, session_id, receive_time)
SELECT lpad(s::text, 6, '0'), t + (i / 6) * interval '0.5 s', 71400 + (i * 7919) % 500, 71450 + (i * 7919) % 500,
  i % 300, i % 200, 71425 + (i * 7919) % 500, i % 40, 'track_b_session', t + (i / 6) * interval '0.5 s' + interval '3 ms'
FROM unnest(ARRAY['2025-12-31 23:20+09', '2026-01-31 23:20+09', '2026-02-20 09:00+09']::timestamptz[]) AS t
CROSS JOIN generate_series(0, 29999) AS i CROSS JOIN LATERAL (SELECT i % 6 + 1) AS n (s)
ORDER BY t, i;
-- written twice: 500 at once, 500 at the very end by a retry that carries another receive_time
INSERT INTO scalp_ticks (symbol, event_time, bid_price, ask_price, bid_size, ask_size, last_price, volume, session_id, receive_time)
SELECT symbol, event_time, bid_price, ask_price, bid_size, ask_size, last_price, volume, session_id, receive_time
FROM scalp_ticks WHERE id BETWEEN 1001 AND 1500
UNION ALL
SELECT symbol, event_time, bid_price, ask_price, bid_size, ask_size, last_price, volume, session_id, '2026-02-21 00:00+09'
FROM scalp_ticks WHERE id BETWEEN 40001 AND 40500;
-- another price at an instant that is there: numbered 1 and 2, however far apart they were written
INSERT INTO scalp_ticks (symbol, event_time, last_price, volume, session_id, receive_time)
SELECT symbol, event_time, last_price + n, n, session_id, NULL FROM scalp_ticks CROSS JOIN generate_series(1, 2) AS n
WHERE id BETWEEN 2001 AND 2100 ORDER BY n DESC, id;
-- no prices at all; a price that is no number; a clock that was never set; the end of time
INSERT INTO scalp_ticks (symbol, event_time, session_id, quality_flag) VALUES
  ('900001', '2026-02-20 10:00+09', 'other_session', 'degraded'),
  ('900002', '1970-01-01 00:00+00', 'other_session', 'normal'),
  ('900003', 'infinity', 'other_session', 'normal');
INSERT INTO scalp_ticks (symbol, event_time, bid_price, session_id) VALUES ('900004', '2026-02-20 10:00+09', 'NaN', 'other_session');
UPDATE scalp_ticks SET receive_time = '2026-02-21 00:00+09' WHERE symbol >= '900000';`;

/** 1-minute bars of every grade; 131 symbols of two days of ten-minute bars, the second as it was collected. */
const BARS = `
INSERT INTO scalp_1m_bars (symbol, bar_time, open, high, low, close, volume, coverage_ratio, session_id, quality_flag)
SELECT lpad(s::text, 6, '0'), '2026-01-22 09:00+09'::timestamptz + m * interval '1 minute', 100 + m, 110 + m, 90 + m, 105 + m,
  m * 10, 0.3 + m * 0.002, 'track_b_session',
  CASE WHEN m % 2 = 0 THEN CASE WHEN m >= 300 THEN 'A' WHEN m >= 225 THEN 'B' WHEN m >= 100 THEN 'C' ELSE 'D' END ELSE 'normal' END
FROM generate_series(1, 3) AS s CROSS JOIN generate_series(0, 380) AS m;
INSERT INTO scalp_1m_bars (symbol, bar_time, close, coverage_ratio, session_id, quality_flag) VALUES
  ('900001', '2026-01-22 09:00+09', 100, 1.08, 's', 'A'), ('900001', '2026-01-22 09:01+09', 100, 0.72, 's', 'C'),
  ('900001', '2026-01-22 09:02+09', NULL, NULL, 's', 'C'), ('900001', '2026-01-22 09:03+09', 'NaN', 'NaN', 's', 'D'),
  ('900001', '2026-01-22 09:04+09', 100, -0.1, 's', 'A'), ('900001', '2026-01-22 09:05+09', 100, 0.9, 's', 'excellent'),
  ('900001', '2026-01-22 09:06+09', 100, 0.6, 's', NULL);
INSERT INTO scalp_gaps (gap_start_ts, gap_end_ts, gap_seconds, scope, reason, session_id)
SELECT '2026-01-22 09:00+09'::timestamptz + g * interval '5 min', '2026-01-22 09:00+09'::timestamptz + g * interval '5 min' + g * interval '1 s',
  g, CASE g % 3 WHEN 0 THEN 'scalp' WHEN 1 THEN 'swing' END, 'ws_disconnect', 'track_b_session'
FROM generate_series(0, 99) AS g;
INSERT INTO scalp_gaps (gap_start_ts, gap_end_ts, gap_seconds, scope, reason, session_id) VALUES
  ('2026-02-01 09:00+09', '2026-02-01 09:01+09', 60, 'all', 'opened', 's'),
  ('2026-02-01 09:00+09', '2026-02-01 09:05+09', 300, 'all', 'closed', 's'),
  ('2026-02-01 09:00+09', '2026-02-01 09:05+09', 300, 'all', 'closed', 's'),
  ('2026-02-02 09:00+09', '2026-02-02 08:59+09', 60, 'all', 'backwards', 's'),
  ('2026-02-03 09:00+09', '2026-02-03 09:01+09', 60, 'everything', 'scope', 's');
INSERT INTO swing_bars_10m (symbol, bar_time, open, high, low, close, volume, session_id)
SELECT lpad(s::text, 6, '0'), day + b * interval '10 minutes' + late, 1000 + b, 1010 + b, 990 + b, 1000 + b + s, b * 100, 'track_a_session'
FROM generate_series(1, 131) AS s CROSS JOIN generate_series(0, 38) AS b
CROSS JOIN (VALUES ('2026-01-21 09:00+09'::timestamptz, interval '0'), ('2026-01-22 09:00+09', interval '31.528819 s')) AS d (day, late);
INSERT INTO swing_bars_10m (symbol, bar_time, close, session_id, quality_flag) VALUES
  ('000001', '2026-01-22 09:07:00+09', 7777, 'track_a_session', 'normal'),
  ('000001', '2026-01-22 09:08:00+09', 8888, 'track_a_session', 'broken'),
  ('900001', '2026-01-22 09:00+09', NULL, 'track_a_session', 'B');
INSERT INTO eod_prices (symbol, trade_date, open, high, low, close, volume, prev_close)
SELECT lpad(s::text, 6, '0'), date '2026-01-01' + d, 100, 110, 90, 105, 1000, CASE WHEN d > 0 THEN 100 END
FROM generate_series(1, 131) AS s CROSS JOIN generate_series(0, 20) AS d;`;

const PORTFOLIO = `
INSERT INTO portfolio_policy (policy_id, name, rebalance_freq, max_position_pct, rebalance_threshold) VALUES
  ('policy_balanced_001', '균형 포트폴리오', 'daily', 0.10, 0.05), ('yearly', 'No such rhythm', 'yearly', 0.1, 0.05);
INSERT INTO target_weights (policy_id, symbol, target_weight, effective_date)
SELECT 'policy_balanced_001', lpad(s::text, 6, '0'), 1.0 / 131, '2026-01-22' FROM generate_series(1, 131) AS s;
INSERT INTO target_weights (policy_id, symbol, target_weight, effective_date) VALUES ('yearly', '000001', 1, '2026-01-22');
INSERT INTO portfolio_snapshot (snapshot_id, policy_id, snapshot_time, total_value, cash, invested_value)
SELECT 100 + n, 'policy_balanced_001', '2026-01-22 09:31+09'::timestamptz + n * interval '1 day',
  CASE WHEN n = 3 THEN 9000000 ELSE 10000000 END, 1000000, 9000000 FROM generate_series(1, 5) AS n;
INSERT INTO portfolio_snapshot (snapshot_id, policy_id, snapshot_time, total_value, cash, invested_value) VALUES
  (120, 'policy_balanced_001', '2026-01-23 09:31+09', 1, 1, 0), (121, 'policy_balanced_001', '2026-02-01', 0, -5, 5);
INSERT INTO portfolio_positions (snapshot_id, symbol, quantity, market_price, market_value, target_weight, current_weight, weight_diff)
SELECT 100 + n, lpad(s::text, 6, '0'), s, 1000, s * 1000, 1.0 / 131, s / 10000.0, s / 10000.0 - 1.0 / 131
FROM generate_series(1, 5) AS n CROSS JOIN generate_series(1, 131) AS s;
INSERT INTO portfolio_positions (snapshot_id, symbol, quantity) VALUES
  (101, '000001', 5), (121, '000001', 5), (102, '999999', NULL);
INSERT INTO rebalance_plan (plan_id, policy_id, snapshot_id, status, reason, started_at, completed_at) VALUES
  (50, 'policy_balanced_001', 101, 'done', 'drift', '2026-01-23 10:00+09', '2026-01-23 10:05+09'),
  (51, 'policy_balanced_001', 102, 'pending', 'drift', NULL, NULL),
  (52, 'policy_balanced_001', 103, 'cancelled', 'drift', NULL, '2026-01-25 10:00+09'),
  (53, 'policy_balanced_001', 104, 'done', 'never begun', NULL, NULL);
INSERT INTO rebalance_orders (order_id, plan_id, symbol, side, target_qty, order_type, limit_price, status, submitted_at) VALUES
  (500, 50, '000001', 'BUY', 10, 'MARKET', NULL, 'filled', '2026-01-23 10:01+09'),
  (501, 50, '000002', 'SELL', 5, 'LIMIT', 71000, 'rejected', '2026-01-23 10:01+09'),
  (502, 51, '000003', 'BUY', 0, 'MARKET', NULL, 'pending', NULL),
  (503, 53, '000003', 'BUY', 1, 'MARKET', NULL, 'pending', NULL);
INSERT INTO rebalance_execution (order_id, filled_qty, filled_price, exec_time, commission, status, error_msg) VALUES
  (500, 10, 71000, '2026-01-23 10:02+09', 15, 'FILLED', NULL),
  (501, NULL, NULL, '2026-01-23 10:02+09', NULL, 'REJECTED', 'no such price'),
  (500, 3, 71000, NULL, 15, 'PARTIAL', NULL);
UPDATE portfolio_policy SET created_at = '2026-01-22', updated_at = '2026-01-23';
UPDATE target_weights SET created_at = '2026-01-22';
UPDATE portfolio_snapshot SET created_at = snapshot_time;
UPDATE portfolio_positions SET created_at = '2026-01-22';
UPDATE rebalance_plan SET created_at = '2026-01-22';
UPDATE rebalance_orders SET created_at = '2026-01-22';
UPDATE rebalance_execution SET created_at = '2026-01-23';`;
