-- Which partitions of ticks reach into [$1, $2), and how do their rows lie: by symbol once a month is cold, by time before?
-- A month that an archive holds instead is left out: that its ticks are gone is no fault. Catalogs only.
SELECT p.partition_name,
  (greatest(p.from_time, $1::timestamptz) AT TIME ZONE 'Asia/Seoul')::date AS first_date,
  ((least(p.to_time, $2::timestamptz) - interval '1 microsecond') AT TIME ZONE 'Asia/Seoul')::date AS last_date,
  coalesce((
    SELECT s.correlation > 0.9 FROM pg_stats s
    WHERE s.schemaname = 'public' AND s.tablename = p.partition_name AND s.attname = 'symbol'
  ), FALSE) AS lies_by_symbol
FROM tick_partitions p
WHERE p.from_time < coalesce($2::timestamptz, 'infinity') AND p.to_time > coalesce($1::timestamptz, '-infinity')
  AND NOT EXISTS (
    SELECT FROM archive_manifest a
    WHERE a.table_name = 'scalp_ticks' AND a.partition_name = p.partition_name
      AND a.dropped_at IS NOT NULL AND a.restored_at IS NULL)
ORDER BY p.from_time
