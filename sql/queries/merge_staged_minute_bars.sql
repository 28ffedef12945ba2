-- Which staged 1-minute bars are new, and which replace a known one? Of two imported bars the later loaded wins. A bar
-- built from ticks stays where they cover at least 0.7 of the minute (its flag is normal then), else the imported one
-- takes its place; what only ticks can tell, the quote averages, is kept. A value is kept as long as its volume is.
WITH newest AS (
  SELECT DISTINCT ON (symbol, bar_time)
    symbol, bar_time, open, high, low, close, volume, value, vwap, session_id, schema_version, mitigation_level,
    quality_flag, source, ingest_file_id
  FROM staged_minute_bars
  ORDER BY symbol, bar_time, ordinal DESC
), merged AS (
  INSERT INTO scalp_1m_bars AS kept (
    symbol, bar_time, open, high, low, close, volume, value, vwap, session_id, schema_version, mitigation_level,
    quality_flag, source, ingest_file_id
  )
  SELECT
    symbol, bar_time, open, high, low, close, volume, value, vwap, session_id, schema_version, mitigation_level,
    quality_flag, source, ingest_file_id
  FROM newest
  ON CONFLICT (symbol, bar_time) DO UPDATE SET
    open = excluded.open, high = excluded.high, low = excluded.low, close = excluded.close, volume = excluded.volume,
    value = CASE WHEN excluded.value IS NULL AND excluded.volume = kept.volume THEN kept.value ELSE excluded.value END,
    vwap = CASE WHEN excluded.value IS NULL AND excluded.volume = kept.volume THEN kept.vwap ELSE excluded.vwap END,
    tick_count = NULL, coverage_ratio = NULL, volume_capture = NULL,
    session_id = excluded.session_id, schema_version = excluded.schema_version,
    mitigation_level = excluded.mitigation_level, quality_flag = excluded.quality_flag, source = excluded.source,
    ingest_file_id = excluded.ingest_file_id
  WHERE (kept.tick_count IS NULL OR coalesce(kept.coverage_ratio, 0) < 0.7)
    AND (
      kept.tick_count IS NOT NULL
      OR (kept.open, kept.high, kept.low, kept.close, kept.volume, kept.quality_flag)
        IS DISTINCT FROM
        (excluded.open, excluded.high, excluded.low, excluded.close, excluded.volume, excluded.quality_flag)
      OR excluded.value IS NOT NULL AND excluded.value IS DISTINCT FROM kept.value
    )
  RETURNING (xmax = 0) AS is_new
)
SELECT
  count(*) FILTER (WHERE is_new)::integer AS inserted,
  count(*) FILTER (WHERE NOT is_new)::integer AS updated
FROM merged
