-- Which ticks has a symbol in [$2, $3), after the key ($4, $5), at most $6 of them (NULL: all)?
-- Cost: one stretch of the primary key, in its order, in the partitions of the range.
SELECT symbol, event_time, seq, bid_price, ask_price, last_price, bid_size, ask_size, volume, acml_volume, acml_value,
  spread, spread_pct, venue, session_id, receive_time, mitigation_level, quality_flag
FROM scalp_ticks
WHERE symbol = $1
  AND event_time >= $2::timestamptz AND event_time < $3::timestamptz
  -- The row comparison alone finds the place in the index but prunes no partition.
  AND event_time >= $4::timestamptz AND (event_time, seq) > ($4::timestamptz, $5::integer)
ORDER BY event_time, seq
LIMIT $6
