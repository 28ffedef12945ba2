-- How far was snapshot $1 from its targets, as stored and as its positions give it?
SELECT s.snapshot_id, s.policy_id, s.snapshot_time, s.allocation_drift AS stored_drift,
  (
    SELECT coalesce(sqrt(sum((coalesce(p.current_weight, 0) - coalesce(p.target_weight, 0)) ^ 2)), 0)
    FROM portfolio_positions p
    WHERE p.snapshot_id = s.snapshot_id
  ) AS recomputed_drift,
  policy.rebalance_threshold
FROM portfolio_snapshot s
JOIN portfolio_policy policy USING (policy_id)
WHERE s.snapshot_id = $1::bigint
