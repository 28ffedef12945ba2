-- Which signals has a symbol before $2, after the key ($3, $4, $5), at most $6 of them (NULL: all)?
-- Cost: one stretch of the natural key.
SELECT event_id, symbol, event_time, event_seq, source_table, delta_t_prev, bucket_index, relative_position,
  event_count_last_n, event_density_last_n, same_pattern_streak, value_diff_abs, value_diff_pct, rolling_range_n,
  value_change_exceeds_x, event_frequency_exceeds_n, consecutive_events_ge_n, pattern_reappeared_within_t,
  threshold_x, threshold_n, threshold_streak, threshold_t_seconds, price_at_signal, bid_price, ask_price, spread_pct,
  price_after_1m, price_after_5m, price_after_10m, return_1m_pct, return_5m_pct, return_10m_pct, outcome_reason, run_id
FROM analysis_signal_events
WHERE symbol = $1 AND event_time < $2::timestamptz
  AND (event_time, event_seq, event_id) > ($3::timestamptz, $4::integer, $5::bigint)
ORDER BY event_time, event_seq, event_id
LIMIT $6
