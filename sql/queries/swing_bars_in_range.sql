-- Which 10-minute bars of a symbol start after $3 and before $2, at most $4 of them (NULL: all)?
-- Cost: one stretch of an index of (symbol, bar_time), in its order.
SELECT symbol, bar_time, open, high, low, close, volume, value, bid_price, ask_price, returns_pct, session_id,
  mitigation_level, quality_flag, source
FROM swing_bars_10m
WHERE symbol = $1 AND bar_time > $3::timestamptz AND bar_time < $2::timestamptz
ORDER BY bar_time
LIMIT $4
