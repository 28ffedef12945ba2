-- Which staged ticks are new? Of several under one key the first in the file wins; what the table holds stays.
WITH added AS (
  INSERT INTO scalp_ticks (
  symbol, event_time, seq, bid_price, ask_price, last_price, bid_size, ask_size, volume, acml_volume, acml_value,
  venue, session_id, schema_version, receive_time, mitigation_level, quality_flag, ingest_file_id
  )
  SELECT DISTINCT ON (symbol, event_time, seq)
  symbol, event_time, seq, bid_price, ask_price, last_price, bid_size, ask_size, volume, acml_volume, acml_value,
  venue, session_id, schema_version, receive_time, mitigation_level, quality_flag, ingest_file_id
  FROM staged_ticks
  ORDER BY symbol, event_time, seq, ordinal
  ON CONFLICT (symbol, event_time, seq) DO NOTHING
  RETURNING 1
)
SELECT count(*)::integer AS inserted, 0 AS updated FROM added
