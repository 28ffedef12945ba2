-- Which staged bars are new or newer? Of two versions the later collected wins, of two collected together the
-- later loaded; quotes are kept from the older version where the newer has none.
WITH newest AS (
  SELECT DISTINCT ON (symbol, bar_time)
  symbol, bar_time, open, high, low, close, volume, value, bid_price, ask_price, venue, session_id, schema_version,
  mitigation_level, quality_flag, source, collected_at, ingest_file_id
  FROM staged_swing_bars
  ORDER BY symbol, bar_time, collected_at DESC NULLS LAST, ordinal DESC
), quoted AS (
  SELECT DISTINCT ON (symbol, bar_time) symbol, bar_time, bid_price AS last_bid, ask_price AS last_ask
  FROM staged_swing_bars
  WHERE bid_price IS NOT NULL AND ask_price IS NOT NULL
  ORDER BY symbol, bar_time, collected_at DESC NULLS LAST, ordinal DESC
), merged AS (
  INSERT INTO swing_bars_10m AS kept (
  symbol, bar_time, open, high, low, close, volume, value, bid_price, ask_price, venue, session_id, schema_version,
  mitigation_level, quality_flag, source, collected_at, ingest_file_id
  )
  SELECT
    symbol, bar_time, open, high, low, close, volume, value,
    coalesce(bid_price, last_bid), coalesce(ask_price, last_ask),
    venue, session_id, schema_version, mitigation_level, quality_flag, source, collected_at, ingest_file_id
  FROM newest LEFT JOIN quoted USING (symbol, bar_time)
  ON CONFLICT (symbol, bar_time) DO UPDATE SET
    open = excluded.open, high = excluded.high, low = excluded.low, close = excluded.close,
    volume = excluded.volume, value = coalesce(excluded.value, kept.value),
    bid_price = coalesce(excluded.bid_price, kept.bid_price),
    ask_price = coalesce(excluded.ask_price, kept.ask_price),
    venue = coalesce(excluded.venue, kept.venue),
    session_id = excluded.session_id, schema_version = excluded.schema_version,
    mitigation_level = excluded.mitigation_level, quality_flag = excluded.quality_flag,
    source = excluded.source, collected_at = excluded.collected_at, ingest_file_id = excluded.ingest_file_id
  WHERE coalesce(excluded.collected_at, '-infinity') >= coalesce(kept.collected_at, '-infinity')
    AND (
      (kept.open, kept.high, kept.low, kept.close, kept.volume) IS DISTINCT FROM
      (excluded.open, excluded.high, excluded.low, excluded.close, excluded.volume)
      OR excluded.value IS DISTINCT FROM kept.value AND excluded.value IS NOT NULL
      OR (excluded.bid_price, excluded.ask_price) IS DISTINCT FROM (kept.bid_price, kept.ask_price)
         AND excluded.bid_price IS NOT NULL
      OR excluded.quality_flag IS DISTINCT FROM kept.quality_flag
    )
  RETURNING (xmax = 0) AS is_new
)
SELECT
  count(*) FILTER (WHERE is_new)::integer AS inserted,
  count(*) FILTER (WHERE NOT is_new)::integer AS updated
FROM merged
