-- Which symbols have how many rows of file $1 on which Korean date? Records of the file lie in [$2, $3] (NULL: unknown).
SELECT table_name, symbol, trade_date::text AS trade_date, count(*)::integer AS rows
FROM (
  SELECT 'scalp_ticks' AS table_name, symbol, (event_time AT TIME ZONE 'Asia/Seoul')::date AS trade_date
  FROM scalp_ticks
  WHERE ingest_file_id = $1::integer
    AND event_time >= coalesce($2::timestamptz, '-infinity') AND event_time <= coalesce($3::timestamptz, 'infinity')
  UNION ALL
  SELECT 'scalp_1m_bars', symbol, (bar_time AT TIME ZONE 'Asia/Seoul')::date
  FROM scalp_1m_bars WHERE ingest_file_id = $1::integer
  UNION ALL
  SELECT 'swing_bars_10m', symbol, (bar_time AT TIME ZONE 'Asia/Seoul')::date
  FROM swing_bars_10m WHERE ingest_file_id = $1::integer
  UNION ALL
  SELECT 'scalp_gaps', symbol, (gap_start_ts AT TIME ZONE 'Asia/Seoul')::date
  FROM scalp_gaps WHERE ingest_file_id = $1::integer
  UNION ALL
  SELECT 'eod_prices', symbol, trade_date
  FROM eod_prices WHERE ingest_file_id = $1::integer
) AS rows_of_file
GROUP BY table_name, symbol, trade_date
ORDER BY trade_date, symbol
