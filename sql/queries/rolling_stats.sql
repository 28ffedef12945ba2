-- Which statistics has a symbol for one source and window, after $5 and before $4, at most $6 (NULL: all)?
-- Cost: one stretch of idx_rolling_stats_symbol_window.
SELECT symbol, stat_time, window_minutes, source_table, price_mean, price_stddev, price_min, price_max, return_mean,
  return_stddev, return_skew, return_kurtosis, atr_n, volatility_pct, high_low_range, volume_mean, volume_stddev, vwap,
  bar_count, coverage_ratio, spans_session, run_id
FROM analysis_rolling_stats
WHERE symbol = $1 AND source_table = $2 AND window_minutes = $3::integer
  AND stat_time < $4::timestamptz AND stat_time > $5::timestamptz
ORDER BY stat_time
LIMIT $6
