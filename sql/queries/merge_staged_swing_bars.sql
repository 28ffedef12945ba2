-- Which staged bars are new or newer? Of two versions the later collected wins, of two collected together the
-- later loaded; quotes are taken from the older version where the newer has none.
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
  ON CONFLICT (symbol, bar_time) DO UPDATE SET (
    open, high, low, close, volume, value, bid_price, ask_price, venue, session_id, schema_version,
    mitigation_level, quality_flag, source, collected_at, ingest_file_id
  ) = (
    SELECT
      newer.open, newer.high, newer.low, newer.close, newer.volume, coalesce(newer.value, older.value),
      CASE WHEN newer.bid_price IS NULL OR newer.ask_price IS NULL THEN older.bid_price ELSE newer.bid_price END,
      CASE WHEN newer.bid_price IS NULL OR newer.ask_price IS NULL THEN older.ask_price ELSE newer.ask_price END,
      coalesce(newer.venue, older.venue), newer.session_id, newer.schema_version, newer.mitigation_level,
      newer.quality_flag, newer.source, newer.collected_at, newer.ingest_file_id
    FROM (
      SELECT coalesce(excluded.collected_at, '-infinity') >= coalesce(kept.collected_at, '-infinity') AS is_later
    ) AS arrival
    CROSS JOIN LATERAL (
      SELECT excluded.* WHERE arrival.is_later UNION ALL SELECT kept.* WHERE NOT arrival.is_later
    ) AS newer
    CROSS JOIN LATERAL (
      SELECT kept.* WHERE arrival.is_later UNION ALL SELECT excluded.* WHERE NOT arrival.is_later
    ) AS older
  )
  WHERE
    kept.bid_price IS NULL AND excluded.bid_price IS NOT NULL AND excluded.ask_price IS NOT NULL
    OR coalesce(excluded.collected_at, '-infinity') >= coalesce(kept.collected_at, '-infinity')
    AND (
      (kept.open, kept.high, kept.low, kept.close, kept.volume, kept.quality_flag)
      IS DISTINCT FROM
      (excluded.open, excluded.high, excluded.low, excluded.close, excluded.volume, excluded.quality_flag)
      OR excluded.value IS NOT NULL AND excluded.value IS DISTINCT FROM kept.value
      OR excluded.bid_price IS NOT NULL AND excluded.ask_price IS NOT NULL
         AND (excluded.bid_price, excluded.ask_price) IS DISTINCT FROM (kept.bid_price, kept.ask_price)
    )
  RETURNING (xmax = 0) AS is_new
)
SELECT
  count(*) FILTER (WHERE is_new)::integer AS inserted,
  count(*) FILTER (WHERE NOT is_new)::integer AS updated
FROM merged
