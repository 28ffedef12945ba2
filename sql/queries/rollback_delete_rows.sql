-- Removes the rows of file $1 and tells them as rollback_count_rows.sql does. Records of the file lie in [$2, $3].
WITH ticks AS (
  DELETE FROM scalp_ticks
  WHERE ingest_file_id = $1::integer
    AND event_time >= coalesce($2::timestamptz, '-infinity') AND event_time <= coalesce($3::timestamptz, 'infinity')
  RETURNING symbol, (event_time AT TIME ZONE 'Asia/Seoul')::date AS trade_date
), minutes AS (
  DELETE FROM scalp_1m_bars WHERE ingest_file_id = $1::integer
  RETURNING symbol, (bar_time AT TIME ZONE 'Asia/Seoul')::date AS trade_date
), bars AS (
  DELETE FROM swing_bars_10m WHERE ingest_file_id = $1::integer
  RETURNING symbol, (bar_time AT TIME ZONE 'Asia/Seoul')::date AS trade_date
), gaps AS (
  DELETE FROM scalp_gaps WHERE ingest_file_id = $1::integer
  RETURNING symbol, (gap_start_ts AT TIME ZONE 'Asia/Seoul')::date AS trade_date
), days AS (
  DELETE FROM eod_prices WHERE ingest_file_id = $1::integer
  RETURNING symbol, trade_date
)
SELECT table_name, symbol, trade_date::text AS trade_date, count(*)::integer AS rows
FROM (
  SELECT 'scalp_ticks' AS table_name, symbol, trade_date FROM ticks
  UNION ALL SELECT 'scalp_1m_bars', symbol, trade_date FROM minutes
  UNION ALL SELECT 'swing_bars_10m', symbol, trade_date FROM bars
  UNION ALL SELECT 'scalp_gaps', symbol, trade_date FROM gaps
  UNION ALL SELECT 'eod_prices', symbol, trade_date FROM days
) AS removed
GROUP BY table_name, symbol, trade_date
ORDER BY trade_date, symbol
