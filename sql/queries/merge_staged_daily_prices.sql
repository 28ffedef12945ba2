-- Which staged daily prices are new, and which replace a known row? The later loaded wins; a volume that the newer row
-- lacks is kept. prev_close is mended afterwards, from the rows that are then there (mend_previous_closes.sql).
WITH newest AS (
  SELECT DISTINCT ON (symbol, trade_date)
    symbol, trade_date, open, high, low, close, volume, schema_version, ingest_file_id
  FROM staged_daily_prices
  ORDER BY symbol, trade_date, ordinal DESC
), merged AS (
  INSERT INTO eod_prices AS kept (
    symbol, trade_date, open, high, low, close, volume, schema_version, ingest_file_id
  )
  SELECT symbol, trade_date, open, high, low, close, volume, schema_version, ingest_file_id
  FROM newest
  ON CONFLICT (symbol, trade_date) DO UPDATE SET
    open = excluded.open, high = excluded.high, low = excluded.low, close = excluded.close,
    volume = coalesce(excluded.volume, kept.volume), schema_version = excluded.schema_version,
    ingest_file_id = excluded.ingest_file_id
  WHERE (kept.open, kept.high, kept.low, kept.close) IS DISTINCT FROM
      (excluded.open, excluded.high, excluded.low, excluded.close)
    OR excluded.volume IS NOT NULL AND excluded.volume IS DISTINCT FROM kept.volume
  RETURNING (xmax = 0) AS is_new
)
SELECT
  count(*) FILTER (WHERE is_new)::integer AS inserted,
  count(*) FILTER (WHERE NOT is_new)::integer AS updated
FROM merged
