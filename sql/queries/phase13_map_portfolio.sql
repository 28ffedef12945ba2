-- What becomes of a legacy portfolio row? One view per table, as in phase13_map_market_data.sql. A row that refers to
-- one that was refused is refused itself: parents are copied first, so what they left is in public.
CREATE OR REPLACE VIEW phase13.mapped_portfolio_policy AS
SELECT
    l.policy_id, l.name, l.description, l.rebalance_freq, l.max_position_pct, l.min_position_pct, l.rebalance_threshold,
    l.created_at, l.updated_at,
    verdict.refusal,
    CASE WHEN verdict.refusal IS NOT NULL THEN to_jsonb(l) END AS refused_record,
    FALSE AS is_duplicate,
    NULL::TEXT[] AS changes
FROM phase13.portfolio_policy l
CROSS JOIN LATERAL (
    SELECT CASE
        WHEN num_nulls(l.name, l.rebalance_freq, l.max_position_pct, l.min_position_pct, l.rebalance_threshold,
            l.created_at, l.updated_at) > 0 THEN 'a required column is NULL'
        WHEN l.rebalance_freq NOT IN ('daily', 'weekly', 'monthly') THEN 'rebalance_freq is unknown'
        WHEN NOT (0 <= l.min_position_pct AND l.min_position_pct <= l.max_position_pct AND l.max_position_pct <= 1)
            THEN 'position limits are not 0 ≤ min ≤ max ≤ 1'
        WHEN l.rebalance_threshold < 0 THEN 'rebalance_threshold is below 0'
    END AS refusal
) verdict;

CREATE OR REPLACE VIEW phase13.mapped_target_weights AS
SELECT
    l.policy_id, l.symbol, l.target_weight, l.effective_date, l.created_at,
    verdict.refusal,
    CASE WHEN verdict.refusal IS NOT NULL THEN to_jsonb(l) END AS refused_record,
    FALSE AS is_duplicate,
    NULL::TEXT[] AS changes
FROM phase13.target_weights l
CROSS JOIN LATERAL (
    SELECT CASE
        WHEN num_nulls(l.target_weight, l.created_at) > 0 THEN 'a required column is NULL'
        WHEN l.target_weight NOT BETWEEN 0 AND 1 THEN 'target_weight is not a fraction'
        WHEN NOT EXISTS (SELECT FROM public.portfolio_policy p WHERE p.policy_id = l.policy_id) THEN 'its policy is not there'
    END AS refusal
) verdict;

-- total_value counted the cash in some versions and left it out in others.
CREATE OR REPLACE VIEW phase13.mapped_portfolio_snapshot AS
SELECT
    l.snapshot_id, l.policy_id, l.snapshot_time, l.cash + l.invested_value AS total_value, l.cash, l.invested_value,
    l.allocation_drift, l.session_id, l.created_at,
    verdict.refusal,
    CASE WHEN verdict.refusal IS NOT NULL THEN to_jsonb(l) END AS refused_record,
    FALSE AS is_duplicate,
    CASE WHEN l.total_value IS DISTINCT FROM l.cash + l.invested_value
        THEN '{total_value made cash + invested_value}'::TEXT[] END AS changes
FROM phase13.portfolio_snapshot l
CROSS JOIN LATERAL (
    SELECT CASE
        WHEN num_nulls(l.policy_id, l.snapshot_time, l.cash, l.invested_value, l.created_at) > 0 THEN 'a required column is NULL'
        WHEN l.cash < 0 THEN 'cash is below 0'
        WHEN l.invested_value < 0 THEN 'invested_value is below 0'
        WHEN l.allocation_drift < 0 THEN 'allocation_drift is below 0'
        WHEN NOT EXISTS (SELECT FROM public.portfolio_policy p WHERE p.policy_id = l.policy_id) THEN 'its policy is not there'
        WHEN EXISTS (
            SELECT FROM phase13.portfolio_snapshot other
            WHERE other.policy_id = l.policy_id AND other.snapshot_time = l.snapshot_time
                AND other.snapshot_id < l.snapshot_id
        ) THEN 'an earlier row is of the same policy and instant'
    END AS refusal
) verdict;

CREATE OR REPLACE VIEW phase13.mapped_portfolio_positions AS
SELECT
    l.position_id, l.snapshot_id, l.symbol, l.quantity, l.avg_price, l.market_price, l.market_value,
    l.target_weight, l.current_weight, l.weight_diff, l.created_at,
    verdict.refusal,
    CASE WHEN verdict.refusal IS NOT NULL THEN to_jsonb(l) END AS refused_record,
    FALSE AS is_duplicate,
    NULL::TEXT[] AS changes
FROM phase13.portfolio_positions l
CROSS JOIN LATERAL (
    SELECT CASE
        WHEN num_nulls(l.snapshot_id, l.symbol, l.quantity, l.created_at) > 0 THEN 'a required column is NULL'
        WHEN l.quantity < 0 THEN 'quantity is below 0'
        WHEN NOT EXISTS (SELECT FROM public.portfolio_snapshot s WHERE s.snapshot_id = l.snapshot_id)
            THEN 'its snapshot is not there'
        WHEN EXISTS (
            SELECT FROM phase13.portfolio_positions other
            WHERE other.snapshot_id = l.snapshot_id AND other.symbol = l.symbol AND other.position_id < l.position_id
        ) THEN 'an earlier row is of the same snapshot and symbol'
    END AS refusal
) verdict;

CREATE OR REPLACE VIEW phase13.mapped_rebalance_plan AS
SELECT
    l.plan_id, l.policy_id, l.snapshot_id, l.created_at, l.status, l.reason, l.session_id, l.started_at, l.completed_at,
    CASE WHEN l.status = 'cancelled' THEN 'phase13' END AS cancelled_by,
    verdict.refusal,
    CASE WHEN verdict.refusal IS NOT NULL THEN to_jsonb(l) END AS refused_record,
    FALSE AS is_duplicate,
    CASE WHEN l.status = 'cancelled' THEN '{cancelled_by said as phase13}'::TEXT[] END AS changes
FROM phase13.rebalance_plan l
CROSS JOIN LATERAL (
    SELECT CASE
        WHEN num_nulls(l.policy_id, l.snapshot_id, l.created_at, l.status) > 0 THEN 'a required column is NULL'
        WHEN l.status NOT IN ('pending', 'executing', 'done', 'cancelled', 'error') THEN 'status is unknown'
        WHEN l.status = 'pending' AND num_nonnulls(l.started_at, l.completed_at) > 0 THEN 'pending, yet begun'
        WHEN l.status IN ('executing', 'done') AND l.started_at IS NULL THEN 'begun, but started_at is NULL'
        WHEN (l.status IN ('done', 'cancelled', 'error')) <> (l.completed_at IS NOT NULL)
            THEN 'status and completed_at contradict each other'
        WHEN NOT EXISTS (SELECT FROM public.portfolio_policy p WHERE p.policy_id = l.policy_id) THEN 'its policy is not there'
        WHEN NOT EXISTS (SELECT FROM public.portfolio_snapshot s WHERE s.snapshot_id = l.snapshot_id)
            THEN 'its snapshot is not there'
    END AS refusal
) verdict;

CREATE OR REPLACE VIEW phase13.mapped_rebalance_orders AS
SELECT
    l.order_id, l.plan_id, l.symbol, l.side, l.target_qty, l.order_type, l.limit_price, l.status, l.created_at, l.submitted_at,
    verdict.refusal,
    CASE WHEN verdict.refusal IS NOT NULL THEN to_jsonb(l) END AS refused_record,
    FALSE AS is_duplicate,
    NULL::TEXT[] AS changes
FROM phase13.rebalance_orders l
CROSS JOIN LATERAL (
    SELECT CASE
        WHEN num_nulls(l.plan_id, l.symbol, l.side, l.target_qty, l.order_type, l.status, l.created_at) > 0
            THEN 'a required column is NULL'
        WHEN l.side NOT IN ('BUY', 'SELL') THEN 'side is unknown'
        WHEN l.target_qty <= 0 THEN 'target_qty is not above 0'
        WHEN l.order_type NOT IN ('MARKET', 'LIMIT') THEN 'order_type is unknown'
        WHEN (l.order_type = 'LIMIT') <> (l.limit_price IS NOT NULL) THEN 'order_type and limit_price contradict each other'
        WHEN l.status NOT IN ('pending', 'executing', 'filled', 'rejected', 'cancelled') THEN 'status is unknown'
        WHEN l.status IN ('executing', 'filled') AND l.submitted_at IS NULL THEN 'submitted, but submitted_at is NULL'
        WHEN NOT EXISTS (SELECT FROM public.rebalance_plan p WHERE p.plan_id = l.plan_id) THEN 'its plan is not there'
        WHEN EXISTS (
            SELECT FROM phase13.rebalance_orders other
            WHERE other.plan_id = l.plan_id AND other.symbol = l.symbol AND other.order_id < l.order_id
        ) THEN 'an earlier row is of the same plan and symbol'
    END AS refusal
) verdict;

-- A rejected order fills nothing and costs nothing, which Phase 13 left unsaid.
CREATE OR REPLACE VIEW phase13.mapped_rebalance_execution AS
SELECT
    l.exec_id, l.order_id, verdict.filled_qty, l.filled_price, l.exec_time, verdict.commission, l.slippage, l.status,
    l.error_msg, l.created_at,
    verdict.refusal,
    CASE WHEN verdict.refusal IS NOT NULL THEN to_jsonb(l) END AS refused_record,
    FALSE AS is_duplicate,
    CASE WHEN (verdict.filled_qty, verdict.commission) IS DISTINCT FROM (l.filled_qty, l.commission)
        THEN '{quantity and commission of a rejection made 0}'::TEXT[] END AS changes
FROM phase13.rebalance_execution l
CROSS JOIN LATERAL (
    SELECT
        CASE WHEN l.status = 'REJECTED' THEN coalesce(l.filled_qty, 0) ELSE l.filled_qty END AS filled_qty,
        CASE WHEN l.status = 'REJECTED' THEN coalesce(l.commission, 0::NUMERIC(20,4)) ELSE l.commission END AS commission
) told
CROSS JOIN LATERAL (
    SELECT told.filled_qty, told.commission, CASE
        WHEN num_nulls(l.order_id, told.filled_qty, l.exec_time, told.commission, l.status, l.created_at) > 0
            THEN 'a required column is NULL'
        WHEN l.status NOT IN ('PARTIAL', 'FILLED', 'REJECTED') THEN 'status is unknown'
        WHEN told.filled_qty < 0 THEN 'filled_qty is below 0'
        WHEN (l.status = 'REJECTED') <> (told.filled_qty = 0) THEN 'status and filled_qty contradict each other'
        WHEN (told.filled_qty > 0) <> (l.filled_price IS NOT NULL) THEN 'filled_qty and filled_price contradict each other'
        WHEN NOT EXISTS (SELECT FROM public.rebalance_orders o WHERE o.order_id = l.order_id) THEN 'its order is not there'
    END AS refusal
) verdict;
