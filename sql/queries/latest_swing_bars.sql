-- Which are the newest 10-minute bars of a symbol? Newest first.
-- Cost: reads an index of (symbol, bar_time) from its end and stops after $2 rows.
SELECT symbol, bar_time, open, high, low, close, volume, value, bid_price, ask_price, returns_pct, session_id,
  mitigation_level, quality_flag, source
FROM swing_bars_10m
WHERE symbol = $1
ORDER BY bar_time DESC
LIMIT $2
