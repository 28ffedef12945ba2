-- Imported 1-minute bars straight into the table; the optimistic path. Columns in the order of writeMinuteBarRow.
COPY scalp_1m_bars (
  symbol, bar_time, open, high, low, close, volume, value, vwap, session_id, schema_version, mitigation_level,
  quality_flag, source, ingest_file_id
) FROM STDIN (FORMAT binary)
