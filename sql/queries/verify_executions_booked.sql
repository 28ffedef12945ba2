-- Which fills in [$2, $3) of the symbols $1 does the ledger not hold as they were: shares, price, commission and tax?
WITH fills AS (
  SELECT e.exec_id, e.exec_time, o.symbol, e.filled_price, e.commission, e.tax,
    CASE o.side WHEN 'BUY' THEN e.filled_qty ELSE -e.filled_qty END AS quantity
  FROM rebalance_execution e
  JOIN rebalance_orders o USING (order_id)
  WHERE e.filled_qty > 0
    AND ($1::text[] IS NULL OR o.symbol = ANY ($1::text[]))
    AND e.exec_time >= coalesce($2::timestamptz, '-infinity') AND e.exec_time < coalesce($3::timestamptz, 'infinity')
), booked AS (
  SELECT exec_id,
    sum(quantity)::bigint AS quantity, max(symbol) AS symbol,
    max(price) FILTER (WHERE kind IN ('buy', 'sell')) AS price,
    -coalesce(sum(cash_amount) FILTER (WHERE kind = 'commission'), 0) AS commission,
    -coalesce(sum(cash_amount) FILTER (WHERE kind = 'tax'), 0) AS tax
  FROM portfolio_ledger
  WHERE exec_id IS NOT NULL AND corrects IS NULL
  GROUP BY exec_id
), judged AS (
  SELECT f.exec_id, f.exec_time, f.symbol, f.quantity, b.quantity AS booked_quantity,
    CASE
      WHEN b.exec_id IS NULL THEN 'not in the ledger'
      WHEN b.quantity <> f.quantity OR b.symbol <> f.symbol THEN 'other shares in the ledger'
      WHEN b.price <> f.filled_price THEN 'another price in the ledger'
      WHEN b.commission <> f.commission OR b.tax <> f.tax THEN 'another commission or tax in the ledger'
    END AS defect
  FROM fills f
  LEFT JOIN booked b USING (exec_id)
)
SELECT count(*) OVER () AS defects, exec_id, exec_time, symbol, defect, quantity, booked_quantity
FROM judged
WHERE defect IS NOT NULL
ORDER BY exec_id
LIMIT 20
