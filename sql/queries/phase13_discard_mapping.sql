-- Removes the views the upgrade read through: they look at tables of today's schema, which could then not be taken back.
DROP VIEW IF EXISTS
  phase13.expected_scalp_ticks, phase13.mapped_scalp_ticks, phase13.mapped_scalp_1m_bars, phase13.mapped_swing_bars_10m,
  phase13.mapped_scalp_gaps, phase13.mapped_eod_prices, phase13.mapped_portfolio_policy, phase13.mapped_target_weights,
  phase13.mapped_portfolio_snapshot, phase13.mapped_portfolio_positions, phase13.mapped_rebalance_plan,
  phase13.mapped_rebalance_orders, phase13.mapped_rebalance_execution
