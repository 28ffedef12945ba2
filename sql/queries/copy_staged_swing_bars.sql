-- The same rows as copy_swing_bars.sql, into the staging table.
COPY staged_swing_bars (
  symbol, bar_time, open, high, low, close, volume, value, bid_price, ask_price, venue, session_id, schema_version,
  mitigation_level, quality_flag, source, collected_at, ingest_file_id, returns_pct
) FROM STDIN (FORMAT binary)
