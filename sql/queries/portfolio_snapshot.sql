-- What does snapshot $1 say, and what do its positions add up to?
SELECT s.snapshot_id, s.policy_id, s.snapshot_time, s.total_value, s.cash, s.invested_value, s.allocation_drift,
  held.position_count, held.positions_value
FROM portfolio_snapshot s
CROSS JOIN LATERAL (
  SELECT count(*) AS position_count, coalesce(sum(p.market_value), 0) AS positions_value
  FROM portfolio_positions p
  WHERE p.snapshot_id = s.snapshot_id
) held
WHERE s.snapshot_id = $1::bigint
