-- Which 1-minute bars do all symbols have in [$1, $2), newest first?
-- Cost: one stretch of idx_scalp_1m_bars_time.
SELECT symbol, bar_time, open, high, low, close, volume, value, vwap, bid_price_avg, ask_price_avg, tick_count,
  coverage_ratio, volume_capture, session_id, mitigation_level, quality_flag, quality_grade
FROM scalp_1m_bars
WHERE bar_time >= $1::timestamptz AND bar_time < $2::timestamptz
ORDER BY bar_time DESC, symbol
