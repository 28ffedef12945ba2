-- 10-minute bars straight into the table; the optimistic path. Columns in the order of writeSwingBarRow.
COPY swing_bars_10m (
  symbol, bar_time, open, high, low, close, volume, value, bid_price, ask_price, venue, session_id, schema_version,
  mitigation_level, quality_flag, source, collected_at, ingest_file_id, returns_pct
) FROM STDIN (FORMAT binary)
