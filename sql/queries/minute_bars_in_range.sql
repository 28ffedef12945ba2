-- Which 1-minute bars of a symbol start after $3 and before $2, at most $4 of them (NULL: all)?
-- Cost: one stretch of the primary key, in its order.
SELECT symbol, bar_time, open, high, low, close, volume, value, vwap, bid_price_avg, ask_price_avg, tick_count,
  coverage_ratio, volume_capture, session_id, mitigation_level, quality_flag, quality_grade
FROM scalp_1m_bars
WHERE symbol = $1 AND bar_time > $3::timestamptz AND bar_time < $2::timestamptz
ORDER BY bar_time
LIMIT $4
