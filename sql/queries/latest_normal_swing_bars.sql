-- Which are the newest 10-minute bars of a symbol since $2 that are beyond doubt, at most $3 of them?
-- Cost: the end of the symbol's stretch of idx_swing_10m_quality.
SELECT symbol, bar_time, open, high, low, close, volume, value, bid_price, ask_price, returns_pct, session_id,
  mitigation_level, quality_flag, source
FROM swing_bars_10m
WHERE symbol = $1 AND bar_time >= $2::timestamptz AND quality_flag = 'normal' AND mitigation_level = 0
ORDER BY bar_time DESC
LIMIT $3
