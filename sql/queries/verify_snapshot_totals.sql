-- Which snapshots in [$2, $3) do not add up, to one won a position; among the symbols $1, which positions do not?
WITH positions AS (
  SELECT p.snapshot_id, p.symbol, p.market_value, p.quantity * p.market_price AS priced_value, p.current_weight,
    p.target_weight, p.weight_diff, s.total_value
  FROM portfolio_positions p
  JOIN portfolio_snapshot s USING (snapshot_id)
  WHERE s.snapshot_time >= coalesce($2::timestamptz, '-infinity')
    AND s.snapshot_time < coalesce($3::timestamptz, 'infinity')
), sums AS (
  SELECT s.snapshot_id, s.total_value, s.cash, s.invested_value, s.allocation_drift,
    coalesce(sum(p.market_value), 0) AS positions_value, count(p.symbol) AS positions,
    sqrt(sum(power(p.weight_diff, 2))) AS positions_drift
  FROM portfolio_snapshot s
  LEFT JOIN positions p USING (snapshot_id)
  WHERE s.snapshot_time >= coalesce($2::timestamptz, '-infinity')
    AND s.snapshot_time < coalesce($3::timestamptz, 'infinity')
  GROUP BY s.snapshot_id
), found AS (
  SELECT snapshot_id, NULL AS symbol, 'total is not cash + invested' AS defect,
    total_value::text AS stored, (cash + invested_value)::text AS expected
  FROM sums WHERE total_value <> cash + invested_value
  UNION ALL
  SELECT snapshot_id, NULL, 'invested is not the sum of the positions', invested_value::text, positions_value::text
  FROM sums WHERE abs(invested_value - positions_value) > greatest(positions, 1)
  UNION ALL
  -- A root of a sum of squares of doubles below 1: its error stays many orders below this.
  SELECT snapshot_id, NULL, 'drift is not that of the positions', allocation_drift::text, positions_drift::text
  FROM sums WHERE abs(allocation_drift - positions_drift) > 1e-9
  UNION ALL
  SELECT snapshot_id, symbol, 'value is not quantity × price', market_value::text, priced_value::text
  FROM positions WHERE abs(market_value - priced_value) > 1
  UNION ALL
  SELECT snapshot_id, symbol, 'weight is not value / total', current_weight::text, (market_value / total_value)::text
  FROM positions WHERE total_value > 0 AND abs(current_weight - market_value / total_value) > 1e-9
)
SELECT count(*) OVER () AS defects, snapshot_id, symbol, defect, stored, expected
FROM found
WHERE $1::text[] IS NULL OR symbol IS NULL OR symbol = ANY ($1::text[])
ORDER BY snapshot_id, symbol, defect
LIMIT 20
