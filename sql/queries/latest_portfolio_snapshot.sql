-- Which is the newest snapshot, and what do its positions add up to?
-- Cost: one step into the index on snapshot_time, then one snapshot's positions.
SELECT s.snapshot_id, s.policy_id, s.snapshot_time, s.total_value, s.cash, s.invested_value, s.allocation_drift,
  held.position_count, held.positions_value
FROM (
  SELECT snapshot_id, policy_id, snapshot_time, total_value, cash, invested_value, allocation_drift
  FROM portfolio_snapshot
  ORDER BY snapshot_time DESC, snapshot_id DESC
  LIMIT 1
) s
CROSS JOIN LATERAL (
  SELECT count(*) AS position_count, coalesce(sum(p.market_value), 0) AS positions_value
  FROM portfolio_positions p
  WHERE p.snapshot_id = s.snapshot_id
) held
