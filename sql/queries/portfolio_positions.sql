-- What was held in snapshot $1?
SELECT snapshot_id, symbol, quantity, avg_price, market_price, price_time, price_is_stale, market_value,
  target_weight, current_weight, weight_diff
FROM portfolio_positions
WHERE snapshot_id = $1::bigint
ORDER BY symbol
