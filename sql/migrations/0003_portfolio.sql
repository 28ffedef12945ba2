-- why:   from policy to paper execution, with a ledger from which holdings and cash can be derived at any instant
-- locks: nothing (only new objects)

-- Up Migration

CREATE TABLE portfolio_policy (
    policy_id           VARCHAR(50) PRIMARY KEY,
    name                VARCHAR(100) NOT NULL,
    description         TEXT,
    rebalance_freq      VARCHAR(20) NOT NULL CHECK (rebalance_freq IN ('daily', 'weekly', 'monthly')),
    max_position_pct    DOUBLE PRECISION NOT NULL,
    min_position_pct    DOUBLE PRECISION NOT NULL DEFAULT 0.01,
    rebalance_threshold DOUBLE PRECISION NOT NULL DEFAULT 0.05 CHECK (rebalance_threshold >= 0),
    no_trade_band       DOUBLE PRECISION NOT NULL DEFAULT 0.01 CHECK (no_trade_band BETWEEN 0 AND 1),
    cash_reserve        DOUBLE PRECISION NOT NULL DEFAULT 0 CHECK (cash_reserve BETWEEN 0 AND 1),
    lot_size            INTEGER NOT NULL DEFAULT 1 CHECK (lot_size >= 1),
    spend_unsettled     BOOLEAN NOT NULL DEFAULT FALSE,
    created_at          TIMESTAMPTZ NOT NULL DEFAULT now(),
    updated_at          TIMESTAMPTZ NOT NULL DEFAULT now(),
    CHECK (0 <= min_position_pct AND min_position_pct <= max_position_pct AND max_position_pct <= 1)
);
COMMENT ON TABLE portfolio_policy IS 'How a portfolio is to be kept: how often, how tightly, within which limits.';
COMMENT ON COLUMN portfolio_policy.policy_id IS 'Name the policy is referred to by.';
COMMENT ON COLUMN portfolio_policy.name IS 'Name for people.';
COMMENT ON COLUMN portfolio_policy.description IS 'What the policy is for.';
COMMENT ON COLUMN portfolio_policy.rebalance_freq IS 'How often it is looked at: daily, weekly or monthly.';
COMMENT ON COLUMN portfolio_policy.max_position_pct IS 'Largest weight of one symbol (fraction).';
COMMENT ON COLUMN portfolio_policy.min_position_pct IS 'Smallest weight worth holding (fraction).';
COMMENT ON COLUMN portfolio_policy.rebalance_threshold IS 'Allocation drift above which a plan is made (same unit as allocation_drift).';
COMMENT ON COLUMN portfolio_policy.no_trade_band IS 'Weight difference up to which a symbol is left alone (fraction).';
COMMENT ON COLUMN portfolio_policy.cash_reserve IS 'Part of the total value kept in cash (fraction).';
COMMENT ON COLUMN portfolio_policy.lot_size IS 'Shares in the smallest order.';
COMMENT ON COLUMN portfolio_policy.spend_unsettled IS 'TRUE when proceeds of sells may be spent before they settle.';
COMMENT ON COLUMN portfolio_policy.created_at IS 'When the policy was recorded.';
COMMENT ON COLUMN portfolio_policy.updated_at IS 'When the policy was last changed.';
COMMENT ON INDEX portfolio_policy_pkey IS 'One policy by its name.';

CREATE TABLE target_weights (
    policy_id      VARCHAR(50) NOT NULL REFERENCES portfolio_policy (policy_id),
    symbol         VARCHAR(20) NOT NULL,
    target_weight  DOUBLE PRECISION NOT NULL CHECK (target_weight BETWEEN 0 AND 1),
    effective_date DATE NOT NULL,
    created_at     TIMESTAMPTZ NOT NULL DEFAULT now(),
    PRIMARY KEY (policy_id, symbol, effective_date)
);
COMMENT ON TABLE target_weights IS 'Target weights; the set in force on a day is the whole set of the latest effective_date up to it.';
COMMENT ON COLUMN target_weights.policy_id IS 'Policy the weight belongs to.';
COMMENT ON COLUMN target_weights.symbol IS 'Instrument code.';
COMMENT ON COLUMN target_weights.target_weight IS 'Wanted part of the total value (fraction); a set adds up to 1.';
COMMENT ON COLUMN target_weights.effective_date IS 'First trading day of the set, Korean time.';
COMMENT ON COLUMN target_weights.created_at IS 'When the weight was recorded.';
COMMENT ON INDEX target_weights_pkey IS 'One weight; conflict target when a set is replaced.';

CREATE TABLE portfolio_snapshot (
    snapshot_id      BIGSERIAL PRIMARY KEY,
    policy_id        VARCHAR(50) NOT NULL REFERENCES portfolio_policy (policy_id),
    snapshot_time    TIMESTAMPTZ NOT NULL,
    total_value      NUMERIC(20,4) NOT NULL,
    cash             NUMERIC(20,4) NOT NULL CHECK (cash >= 0),
    invested_value   NUMERIC(20,4) NOT NULL CHECK (invested_value >= 0),
    allocation_drift DOUBLE PRECISION CHECK (allocation_drift >= 0),
    session_id       VARCHAR(50),
    created_at       TIMESTAMPTZ NOT NULL DEFAULT now(),
    CHECK (total_value = cash + invested_value),
    CONSTRAINT portfolio_snapshot_policy_time_key UNIQUE (policy_id, snapshot_time)
);
COMMENT ON TABLE portfolio_snapshot IS 'A portfolio valued at one instant; one per policy and instant.';
COMMENT ON COLUMN portfolio_snapshot.snapshot_id IS 'Row number.';
COMMENT ON COLUMN portfolio_snapshot.policy_id IS 'Policy the portfolio is kept by.';
COMMENT ON COLUMN portfolio_snapshot.snapshot_time IS 'Instant of the valuation.';
COMMENT ON COLUMN portfolio_snapshot.total_value IS 'cash + invested_value, won.';
COMMENT ON COLUMN portfolio_snapshot.cash IS 'Cash derived from the ledger, won.';
COMMENT ON COLUMN portfolio_snapshot.invested_value IS 'Sum of the positions'' market values, won.';
COMMENT ON COLUMN portfolio_snapshot.allocation_drift IS 'Square root of the sum of squared weight differences, cash left out (fraction).';
COMMENT ON COLUMN portfolio_snapshot.session_id IS 'What took the snapshot.';
COMMENT ON COLUMN portfolio_snapshot.created_at IS 'When the row was written.';
COMMENT ON INDEX portfolio_snapshot_pkey IS 'One snapshot by its number.';
COMMENT ON INDEX portfolio_snapshot_policy_time_key IS 'Snapshots of a policy by time, latest first; taking one twice changes nothing.';

CREATE TABLE portfolio_positions (
    position_id    BIGSERIAL PRIMARY KEY,
    snapshot_id    BIGINT NOT NULL REFERENCES portfolio_snapshot (snapshot_id),
    symbol         VARCHAR(20) NOT NULL,
    quantity       BIGINT NOT NULL CHECK (quantity >= 0),
    avg_price      NUMERIC(15,4),
    market_price   NUMERIC(15,4),
    price_time     TIMESTAMPTZ,
    price_is_stale BOOLEAN NOT NULL DEFAULT FALSE,
    market_value   NUMERIC(20,4),
    target_weight  DOUBLE PRECISION,
    current_weight DOUBLE PRECISION,
    weight_diff    DOUBLE PRECISION,
    created_at     TIMESTAMPTZ NOT NULL DEFAULT now(),
    CONSTRAINT portfolio_positions_snapshot_symbol_key UNIQUE (snapshot_id, symbol)
);
COMMENT ON TABLE portfolio_positions IS 'What a snapshot holds or ought to hold, symbol by symbol.';
COMMENT ON COLUMN portfolio_positions.position_id IS 'Row number.';
COMMENT ON COLUMN portfolio_positions.snapshot_id IS 'Snapshot the position belongs to.';
COMMENT ON COLUMN portfolio_positions.symbol IS 'Instrument code.';
COMMENT ON COLUMN portfolio_positions.quantity IS 'Shares held; 0 for a target not yet held.';
COMMENT ON COLUMN portfolio_positions.avg_price IS 'Moving average purchase price, won a share.';
COMMENT ON COLUMN portfolio_positions.market_price IS 'Close of the bar the position was valued with, won a share.';
COMMENT ON COLUMN portfolio_positions.price_time IS 'Start of the bar the position was valued with.';
COMMENT ON COLUMN portfolio_positions.price_is_stale IS 'TRUE when that bar is older than one session.';
COMMENT ON COLUMN portfolio_positions.market_value IS 'quantity × market_price, won.';
COMMENT ON COLUMN portfolio_positions.target_weight IS 'Weight wanted on the day of the snapshot (fraction); 0 when not targeted.';
COMMENT ON COLUMN portfolio_positions.current_weight IS 'market_value / total_value (fraction).';
COMMENT ON COLUMN portfolio_positions.weight_diff IS 'current_weight − target_weight (fraction).';
COMMENT ON COLUMN portfolio_positions.created_at IS 'When the row was written.';
COMMENT ON INDEX portfolio_positions_pkey IS 'One position by its number.';
COMMENT ON INDEX portfolio_positions_snapshot_symbol_key IS 'Positions of a snapshot, by symbol.';

CREATE TABLE rebalance_plan (
    plan_id       BIGSERIAL PRIMARY KEY,
    policy_id     VARCHAR(50) NOT NULL REFERENCES portfolio_policy (policy_id),
    snapshot_id   BIGINT NOT NULL REFERENCES portfolio_snapshot (snapshot_id),
    retry_of      BIGINT REFERENCES rebalance_plan (plan_id),
    created_at    TIMESTAMPTZ NOT NULL DEFAULT now(),
    status        VARCHAR(20) NOT NULL DEFAULT 'pending'
                  CHECK (status IN ('pending', 'executing', 'done', 'cancelled', 'error')),
    reason        VARCHAR(100),
    session_id    VARCHAR(50),
    started_at    TIMESTAMPTZ,
    completed_at  TIMESTAMPTZ,
    cancelled_by  VARCHAR(50),
    cancel_reason TEXT,
    error_msg     TEXT,
    CHECK (status <> 'pending' OR (started_at IS NULL AND completed_at IS NULL)),
    CHECK (status NOT IN ('executing', 'done') OR started_at IS NOT NULL),
    CHECK ((status IN ('done', 'cancelled', 'error')) = (completed_at IS NOT NULL)),
    CHECK ((status = 'cancelled') = (cancelled_by IS NOT NULL))
);
COMMENT ON TABLE rebalance_plan IS 'A decision to trade towards the targets: pending → executing → done, cancelled or error.';
COMMENT ON COLUMN rebalance_plan.plan_id IS 'Row number.';
COMMENT ON COLUMN rebalance_plan.policy_id IS 'Policy the plan serves.';
COMMENT ON COLUMN rebalance_plan.snapshot_id IS 'Snapshot the plan was computed from.';
COMMENT ON COLUMN rebalance_plan.retry_of IS 'Cancelled or failed plan this one replaces.';
COMMENT ON COLUMN rebalance_plan.created_at IS 'When the plan was made.';
COMMENT ON COLUMN rebalance_plan.status IS 'pending, executing, done, cancelled or error.';
COMMENT ON COLUMN rebalance_plan.reason IS 'Why the plan was made.';
COMMENT ON COLUMN rebalance_plan.session_id IS 'What made the plan.';
COMMENT ON COLUMN rebalance_plan.started_at IS 'When execution began.';
COMMENT ON COLUMN rebalance_plan.completed_at IS 'When the plan reached done, cancelled or error.';
COMMENT ON COLUMN rebalance_plan.cancelled_by IS 'Who cancelled it.';
COMMENT ON COLUMN rebalance_plan.cancel_reason IS 'Why it was cancelled.';
COMMENT ON COLUMN rebalance_plan.error_msg IS 'What went wrong, when status is error.';
COMMENT ON INDEX rebalance_plan_pkey IS 'One plan by its number.';

CREATE TABLE rebalance_orders (
    order_id             BIGSERIAL PRIMARY KEY,
    plan_id              BIGINT NOT NULL REFERENCES rebalance_plan (plan_id),
    symbol               VARCHAR(20) NOT NULL,
    side                 VARCHAR(10) NOT NULL CHECK (side IN ('BUY', 'SELL')),
    target_qty           BIGINT NOT NULL CHECK (target_qty > 0),
    order_type           VARCHAR(20) NOT NULL DEFAULT 'MARKET' CHECK (order_type IN ('MARKET', 'LIMIT')),
    limit_price          NUMERIC(15,4),
    reason               TEXT,
    estimated_commission NUMERIC(20,4),
    estimated_tax        NUMERIC(20,4),
    status               VARCHAR(20) NOT NULL DEFAULT 'pending'
                         CHECK (status IN ('pending', 'executing', 'filled', 'rejected', 'cancelled')),
    created_at           TIMESTAMPTZ NOT NULL DEFAULT now(),
    submitted_at         TIMESTAMPTZ,
    CHECK ((order_type = 'LIMIT') = (limit_price IS NOT NULL)),
    CHECK (status NOT IN ('executing', 'filled') OR submitted_at IS NOT NULL),
    CONSTRAINT rebalance_orders_plan_symbol_key UNIQUE (plan_id, symbol)
);
COMMENT ON TABLE rebalance_orders IS 'Orders of a plan, one per symbol: pending → executing → filled, rejected or cancelled.';
COMMENT ON COLUMN rebalance_orders.order_id IS 'Row number.';
COMMENT ON COLUMN rebalance_orders.plan_id IS 'Plan the order belongs to.';
COMMENT ON COLUMN rebalance_orders.symbol IS 'Instrument code.';
COMMENT ON COLUMN rebalance_orders.side IS 'BUY or SELL.';
COMMENT ON COLUMN rebalance_orders.target_qty IS 'Shares to trade: |target holding − current holding|.';
COMMENT ON COLUMN rebalance_orders.order_type IS 'MARKET or LIMIT.';
COMMENT ON COLUMN rebalance_orders.limit_price IS 'Worst acceptable price of a LIMIT order, on the tick grid of its date, won a share.';
COMMENT ON COLUMN rebalance_orders.reason IS 'Why the order exists.';
COMMENT ON COLUMN rebalance_orders.estimated_commission IS 'Commission expected when the plan was made, won.';
COMMENT ON COLUMN rebalance_orders.estimated_tax IS 'Transaction tax expected when the plan was made, won.';
COMMENT ON COLUMN rebalance_orders.status IS 'pending, executing, filled, rejected or cancelled.';
COMMENT ON COLUMN rebalance_orders.created_at IS 'When the order was planned.';
COMMENT ON COLUMN rebalance_orders.submitted_at IS 'When the order was handed to the broker.';
COMMENT ON INDEX rebalance_orders_pkey IS 'One order by its number.';
COMMENT ON INDEX rebalance_orders_plan_symbol_key IS 'Orders of a plan; a plan never trades a symbol twice.';

CREATE TABLE rebalance_execution (
    exec_id      BIGSERIAL PRIMARY KEY,
    order_id     BIGINT NOT NULL REFERENCES rebalance_orders (order_id),
    filled_qty   BIGINT NOT NULL DEFAULT 0 CHECK (filled_qty >= 0),
    filled_price NUMERIC(15,4),
    exec_time    TIMESTAMPTZ NOT NULL,
    commission   NUMERIC(20,4) NOT NULL DEFAULT 0,
    tax          NUMERIC(20,4) NOT NULL DEFAULT 0,
    slippage     NUMERIC(20,4),
    status       VARCHAR(20) NOT NULL CHECK (status IN ('PARTIAL', 'FILLED', 'REJECTED')),
    error_msg    TEXT,
    created_at   TIMESTAMPTZ NOT NULL DEFAULT now(),
    CHECK ((status = 'REJECTED') = (filled_qty = 0)),
    CHECK ((filled_qty > 0) = (filled_price IS NOT NULL))
);
COMMENT ON TABLE rebalance_execution IS 'What became of an order: its fills, or its rejection.';
COMMENT ON COLUMN rebalance_execution.exec_id IS 'Row number.';
COMMENT ON COLUMN rebalance_execution.order_id IS 'Order that was executed.';
COMMENT ON COLUMN rebalance_execution.filled_qty IS 'Shares of this fill; 0 when rejected.';
COMMENT ON COLUMN rebalance_execution.filled_price IS 'Price of this fill, won a share.';
COMMENT ON COLUMN rebalance_execution.exec_time IS 'When it was filled or rejected.';
COMMENT ON COLUMN rebalance_execution.commission IS 'Commission of this fill, won.';
COMMENT ON COLUMN rebalance_execution.tax IS 'Transaction tax of this fill, won.';
COMMENT ON COLUMN rebalance_execution.slippage IS 'Cost against the reference price of the plan, won; negative when better.';
COMMENT ON COLUMN rebalance_execution.status IS 'PARTIAL, FILLED or REJECTED.';
COMMENT ON COLUMN rebalance_execution.error_msg IS 'Why it was rejected.';
COMMENT ON COLUMN rebalance_execution.created_at IS 'When the row was written.';
COMMENT ON INDEX rebalance_execution_pkey IS 'One execution by its number.';

CREATE TABLE portfolio_ledger (
    entry_id        BIGSERIAL PRIMARY KEY,
    policy_id       VARCHAR(50) NOT NULL REFERENCES portfolio_policy (policy_id),
    entry_time      TIMESTAMPTZ NOT NULL,
    settlement_date DATE,
    kind            VARCHAR(20) NOT NULL
                    CHECK (kind IN ('deposit', 'withdrawal', 'buy', 'sell', 'commission', 'tax', 'dividend', 'split')),
    symbol          VARCHAR(20),
    quantity        BIGINT NOT NULL DEFAULT 0,
    price           NUMERIC(15,4),
    cash_amount     NUMERIC(20,4) NOT NULL DEFAULT 0,
    exec_id         BIGINT REFERENCES rebalance_execution (exec_id),
    corrects        BIGINT REFERENCES portfolio_ledger (entry_id),
    note            TEXT,
    created_at      TIMESTAMPTZ NOT NULL DEFAULT now(),
    CHECK (kind NOT IN ('buy', 'sell', 'split', 'dividend') OR symbol IS NOT NULL),
    CHECK (kind NOT IN ('buy', 'sell') OR (price IS NOT NULL AND quantity <> 0)),
    CHECK (kind IN ('buy', 'sell', 'split') OR quantity = 0),
    CHECK (kind <> 'split' OR cash_amount = 0),
    -- A correction reverses the direction of what it corrects; every other entry has the sign of its kind.
    CHECK (corrects IS NOT NULL
        OR CASE kind
            WHEN 'deposit' THEN cash_amount > 0
            WHEN 'withdrawal' THEN cash_amount < 0
            WHEN 'buy' THEN quantity > 0 AND cash_amount <= 0
            WHEN 'sell' THEN quantity < 0 AND cash_amount >= 0
            WHEN 'commission' THEN cash_amount <= 0
            WHEN 'tax' THEN cash_amount <= 0
            WHEN 'dividend' THEN cash_amount >= 0
            ELSE TRUE
        END),
    CONSTRAINT portfolio_ledger_execution_key UNIQUE (exec_id, kind)
);
COMMENT ON TABLE portfolio_ledger IS 'Every movement of cash and shares, append-only; holdings, cash and average prices derive from it.';
COMMENT ON COLUMN portfolio_ledger.entry_id IS 'Order in which the entries were written.';
COMMENT ON COLUMN portfolio_ledger.policy_id IS 'Portfolio the movement belongs to.';
COMMENT ON COLUMN portfolio_ledger.entry_time IS 'When the movement took effect.';
COMMENT ON COLUMN portfolio_ledger.settlement_date IS 'When the cash may be spent or is due; NULL means at once.';
COMMENT ON COLUMN portfolio_ledger.kind IS 'deposit, withdrawal, buy, sell, commission, tax, dividend or split.';
COMMENT ON COLUMN portfolio_ledger.symbol IS 'Instrument code; NULL for movements of cash alone.';
COMMENT ON COLUMN portfolio_ledger.quantity IS 'Shares that came (positive) or went (negative).';
COMMENT ON COLUMN portfolio_ledger.price IS 'Price of a buy or sell, won a share.';
COMMENT ON COLUMN portfolio_ledger.cash_amount IS 'Cash that came (positive) or went (negative), won.';
COMMENT ON COLUMN portfolio_ledger.exec_id IS 'Execution that caused it; NULL when entered by hand.';
COMMENT ON COLUMN portfolio_ledger.corrects IS 'Entry this one corrects; entries are never changed.';
COMMENT ON COLUMN portfolio_ledger.note IS 'Reason, for people.';
COMMENT ON COLUMN portfolio_ledger.created_at IS 'When the row was written.';
COMMENT ON INDEX portfolio_ledger_pkey IS 'One entry; target of corrections.';
COMMENT ON INDEX portfolio_ledger_execution_key IS 'An execution is booked once per kind.';

CREATE FUNCTION refuse_ledger_change() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'portfolio_ledger is append-only: % refused', TG_OP
        USING ERRCODE = 'restrict_violation', HINT = 'Insert an entry that corrects the wrong one.';
END
$$;
COMMENT ON FUNCTION refuse_ledger_change() IS 'Keeps portfolio_ledger append-only.';
CREATE TRIGGER portfolio_ledger_append_only
    BEFORE UPDATE OR DELETE OR TRUNCATE ON portfolio_ledger
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_ledger_change();

CREATE VIEW portfolio_positions_summary AS
SELECT
    p.position_id,
    p.snapshot_id,
    s.policy_id,
    s.snapshot_time,
    p.symbol,
    p.quantity,
    p.market_price,
    p.price_time,
    p.quantity * p.market_price AS market_value,
    (p.quantity * p.market_price / NULLIF(s.total_value, 0))::DOUBLE PRECISION AS current_weight,
    COALESCE(t.target_weight, 0) AS target_weight,
    (p.quantity * p.market_price / NULLIF(s.total_value, 0))::DOUBLE PRECISION - COALESCE(t.target_weight, 0) AS weight_diff,
    latest.close AS latest_price,
    latest.bar_time AS latest_price_time
FROM portfolio_positions p
JOIN portfolio_snapshot s ON s.snapshot_id = p.snapshot_id
LEFT JOIN LATERAL (
    SELECT max(w.effective_date) AS effective_date
    FROM target_weights w
    WHERE w.policy_id = s.policy_id
        AND w.effective_date <= (s.snapshot_time AT TIME ZONE 'Asia/Seoul')::DATE
) in_force ON TRUE
LEFT JOIN target_weights t
    ON t.policy_id = s.policy_id AND t.symbol = p.symbol AND t.effective_date = in_force.effective_date
LEFT JOIN LATERAL (
    SELECT b.close, b.bar_time
    FROM swing_bars_10m b
    WHERE b.symbol = p.symbol
    ORDER BY b.bar_time DESC
    LIMIT 1
) latest ON TRUE;
COMMENT ON VIEW portfolio_positions_summary IS 'Positions with their weights derived anew from quantity, price and the target set in force, and the newest price beside.';
COMMENT ON COLUMN portfolio_positions_summary.position_id IS 'Row number of the position.';
COMMENT ON COLUMN portfolio_positions_summary.snapshot_id IS 'Snapshot the position belongs to.';
COMMENT ON COLUMN portfolio_positions_summary.policy_id IS 'Policy the portfolio is kept by.';
COMMENT ON COLUMN portfolio_positions_summary.snapshot_time IS 'Instant of the valuation.';
COMMENT ON COLUMN portfolio_positions_summary.symbol IS 'Instrument code.';
COMMENT ON COLUMN portfolio_positions_summary.quantity IS 'Shares held.';
COMMENT ON COLUMN portfolio_positions_summary.market_price IS 'Price the snapshot valued it with, won a share.';
COMMENT ON COLUMN portfolio_positions_summary.price_time IS 'Start of the bar that price is from.';
COMMENT ON COLUMN portfolio_positions_summary.market_value IS 'quantity × market_price, won.';
COMMENT ON COLUMN portfolio_positions_summary.current_weight IS 'market_value / total value of the snapshot (fraction).';
COMMENT ON COLUMN portfolio_positions_summary.target_weight IS 'Weight in the set in force on the day of the snapshot (fraction); 0 when not in it.';
COMMENT ON COLUMN portfolio_positions_summary.weight_diff IS 'current_weight − target_weight (fraction).';
COMMENT ON COLUMN portfolio_positions_summary.latest_price IS 'Close of the symbol''s newest ten-minute bar, won a share.';
COMMENT ON COLUMN portfolio_positions_summary.latest_price_time IS 'Start of that bar.';

-- Down Migration

DROP VIEW portfolio_positions_summary;
DROP TABLE portfolio_ledger, rebalance_execution, rebalance_orders, rebalance_plan, portfolio_positions,
    portfolio_snapshot, target_weights, portfolio_policy;
DROP FUNCTION refuse_ledger_change();
