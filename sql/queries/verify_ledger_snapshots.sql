-- Which snapshots in [$2, $3) hold other shares of the symbols $1, or other cash, than the ledger gives for their instant?
-- Policies that never kept a ledger are left out.
WITH snapshots AS (
  SELECT s.snapshot_id, s.policy_id, s.snapshot_time, s.cash
  FROM portfolio_snapshot s
  WHERE s.snapshot_time >= coalesce($2::timestamptz, '-infinity')
    AND s.snapshot_time < coalesce($3::timestamptz, 'infinity')
    AND EXISTS (SELECT FROM portfolio_ledger l WHERE l.policy_id = s.policy_id)
), held AS (
  SELECT s.snapshot_id, l.symbol, sum(l.quantity) AS quantity
  FROM snapshots s
  JOIN portfolio_ledger l ON l.policy_id = s.policy_id AND l.entry_time <= s.snapshot_time
  WHERE l.symbol IS NOT NULL
  GROUP BY s.snapshot_id, l.symbol
  HAVING sum(l.quantity) <> 0
), kept AS (
  SELECT p.snapshot_id, p.symbol, p.quantity
  FROM snapshots s
  JOIN portfolio_positions p USING (snapshot_id)
  WHERE p.quantity <> 0
), found AS (
  SELECT snapshot_id, symbol, 'shares' AS differs, kept.quantity::text AS stored, held.quantity::text AS by_ledger
  FROM kept
  FULL JOIN held USING (snapshot_id, symbol)
  WHERE kept.quantity IS DISTINCT FROM held.quantity
    AND ($1::text[] IS NULL OR symbol = ANY ($1::text[]))
  UNION ALL
  SELECT s.snapshot_id, NULL, 'cash', s.cash::text, c.cash::text
  FROM snapshots s
  CROSS JOIN LATERAL (
    SELECT coalesce(sum(l.cash_amount), 0) AS cash
    FROM portfolio_ledger l
    WHERE l.policy_id = s.policy_id AND l.entry_time <= s.snapshot_time
  ) c
  WHERE abs(s.cash - c.cash) > 1
)
SELECT count(*) OVER () AS defects, f.snapshot_id, s.policy_id, s.snapshot_time, f.symbol, f.differs, f.stored, f.by_ledger
FROM found f
JOIN snapshots s USING (snapshot_id)
ORDER BY f.snapshot_id, f.symbol
LIMIT 20
