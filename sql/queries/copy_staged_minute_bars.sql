-- The same rows as copy_minute_bars.sql, into the staging table.
COPY staged_minute_bars (
  symbol, bar_time, open, high, low, close, volume, value, vwap, session_id, schema_version, mitigation_level,
  quality_flag, source, ingest_file_id
) FROM STDIN (FORMAT binary)
