-- Which are the newest ticks of a symbol? Newest first.
-- Cost: reads the primary key backwards, partition by partition, and stops after $2 rows.
SELECT symbol, event_time, seq, bid_price, ask_price, last_price, bid_size, ask_size, volume, acml_volume, acml_value,
  spread, spread_pct, venue, session_id, receive_time, mitigation_level, quality_flag
FROM scalp_ticks
WHERE symbol = $1
ORDER BY event_time DESC, seq DESC
LIMIT $2
