-- New rows get numbers behind every legacy one, those of refused rows included. Reads each key's last entry.
SELECT setval(pg_get_serial_sequence(numbered.name, numbered.key), numbered.highest)
FROM (
  SELECT 'public.scalp_gaps' AS name, 'id' AS key, max(id)::BIGINT AS highest FROM phase13.scalp_gaps
  UNION ALL SELECT 'public.portfolio_snapshot', 'snapshot_id', max(snapshot_id) FROM phase13.portfolio_snapshot
  UNION ALL SELECT 'public.portfolio_positions', 'position_id', max(position_id) FROM phase13.portfolio_positions
  UNION ALL SELECT 'public.rebalance_plan', 'plan_id', max(plan_id) FROM phase13.rebalance_plan
  UNION ALL SELECT 'public.rebalance_orders', 'order_id', max(order_id) FROM phase13.rebalance_orders
  UNION ALL SELECT 'public.rebalance_execution', 'exec_id', max(exec_id) FROM phase13.rebalance_execution
) AS numbered
WHERE numbered.highest >= 1
