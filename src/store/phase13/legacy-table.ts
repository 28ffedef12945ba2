/** A table of Phase 13 and how it is copied. */
export interface LegacyTable {
  readonly name: string;
  /** Columns of the legacy key, by which batches are cut, with their types. */
  readonly key: readonly (readonly [column: string, type: string])[];
  /** Columns that are written to the table in public. */
  readonly columns: readonly string[];
  /** Columns of the legacy table that carry into those, where they have other names or carry no further. */
  readonly alsoRead?: readonly string[];
  /** The view whose rows ought to be in public; by default what the mapping does not refuse. */
  readonly expected?: string;
}

/**
 * What one transaction copies: 1.3 s of ticks and 1.6 s of ten-minute bars, which have a trigger, on two busy cores.
 * A machine three times slower still stays below five seconds.
 */
export const BATCH_ROWS = { scalp_ticks: 50_000, others: 20_000 } as const;

const bar = ["open", "high", "low", "close", "volume"] as const;
const recorded = ["session_id", "schema_version", "mitigation_level", "quality_flag"] as const;

/** All of them, what is referred to before what refers to it. */
export const LEGACY_TABLES: readonly LegacyTable[] = [
  {
    name: "scalp_ticks",
    key: [["id", "bigint"]],
    columns: [
      ...["symbol", "event_time", "seq", "bid_price", "ask_price", "last_price", "bid_size", "ask_size"],
      ...["volume", "receive_time", ...recorded],
    ],
    alsoRead: ["id"],
    expected: "expected_scalp_ticks",
  },
  {
    name: "scalp_1m_bars",
    key: [
      ["symbol", "varchar"],
      ["bar_time", "timestamptz"],
    ],
    columns: [
      ...["symbol", "bar_time", ...bar, "bid_price_avg", "ask_price_avg", "tick_count", "coverage_ratio"],
      ...[...recorded, "source"],
    ],
  },
  {
    name: "scalp_gaps",
    key: [["id", "integer"]],
    columns: ["id", "gap_start_ts", "gap_end_ts", "gap_seconds", "scope", "symbol", "reason", "session_id"],
  },
  {
    name: "swing_bars_10m",
    key: [
      ["symbol", "varchar"],
      ["legacy_time", "timestamptz"],
    ],
    columns: [
      ...["symbol", "bar_time", ...bar, "bid_price", "ask_price", ...recorded, "source", "collected_at"],
    ],
  },
  {
    name: "eod_prices",
    key: [
      ["symbol", "varchar"],
      ["trade_date", "date"],
    ],
    columns: ["symbol", "trade_date", ...bar, "prev_close", "schema_version"],
  },
  {
    name: "portfolio_policy",
    key: [["policy_id", "varchar"]],
    columns: [
      ...["policy_id", "name", "description", "rebalance_freq", "max_position_pct", "min_position_pct"],
      ...["rebalance_threshold", "created_at", "updated_at"],
    ],
  },
  {
    name: "target_weights",
    key: [
      ["policy_id", "varchar"],
      ["symbol", "varchar"],
      ["effective_date", "date"],
    ],
    columns: ["policy_id", "symbol", "target_weight", "effective_date", "created_at"],
  },
  {
    name: "portfolio_snapshot",
    key: [["snapshot_id", "bigint"]],
    columns: [
      ...["snapshot_id", "policy_id", "snapshot_time", "total_value", "cash", "invested_value"],
      ...["allocation_drift", "session_id", "created_at"],
    ],
  },
  {
    name: "portfolio_positions",
    key: [["position_id", "bigint"]],
    columns: [
      ...["position_id", "snapshot_id", "symbol", "quantity", "avg_price", "market_price", "market_value"],
      ...["target_weight", "current_weight", "weight_diff", "created_at"],
    ],
  },
  {
    name: "rebalance_plan",
    key: [["plan_id", "bigint"]],
    columns: [
      ...["plan_id", "policy_id", "snapshot_id", "created_at", "status", "reason", "session_id"],
      ...["started_at", "completed_at", "cancelled_by"],
    ],
  },
  {
    name: "rebalance_orders",
    key: [["order_id", "bigint"]],
    columns: [
      ...["order_id", "plan_id", "symbol", "side", "target_qty", "order_type", "limit_price", "status"],
      ...["created_at", "submitted_at"],
    ],
  },
  {
    name: "rebalance_execution",
    key: [["exec_id", "bigint"]],
    columns: [
      ...["exec_id", "order_id", "filled_qty", "filled_price", "exec_time", "commission", "slippage"],
      ...["status", "error_msg", "created_at"],
    ],
  },
];
