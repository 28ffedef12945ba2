-- The same rows as copy_ticks.sql, into the staging table.
COPY staged_ticks (
  symbol, event_time, seq, bid_price, ask_price, last_price, bid_size, ask_size, volume, acml_volume, acml_value,
  venue, session_id, schema_version, receive_time, mitigation_level, quality_flag, ingest_file_id
) FROM STDIN (FORMAT binary)
