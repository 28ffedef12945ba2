-- Drops the legacy tables that were copied and compared, and the view over them. The account of the upgrade, refused
-- rows and what was only moved out of the way stay. Refused by the server while a view of the user's reads one of them.
DROP VIEW IF EXISTS phase13.portfolio_positions_summary;
DROP TABLE IF EXISTS
  phase13.rebalance_execution, phase13.rebalance_orders, phase13.rebalance_plan, phase13.portfolio_positions,
  phase13.portfolio_snapshot, phase13.target_weights, phase13.portfolio_policy, phase13.eod_prices,
  phase13.swing_bars_10m, phase13.scalp_gaps, phase13.scalp_1m_bars, phase13.scalp_ticks
