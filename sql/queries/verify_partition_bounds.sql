-- Which partitions of scalp_ticks do not hold one Korean calendar month under its name, and which months have bars
-- made from ticks though neither a partition nor an archive holds the ticks? Catalogs, and one index step a month.
WITH partitions AS (
  SELECT partition_name, from_time, to_time, (from_time AT TIME ZONE 'Asia/Seoul') AS month_start
  FROM tick_partitions
), odd AS (
  SELECT partition_name, from_time, to_time, 'not one Korean calendar month' AS defect
  FROM partitions
  WHERE from_time IS NULL OR to_time IS NULL
    OR month_start <> date_trunc('month', month_start)
    OR to_time <> (month_start + interval '1 month') AT TIME ZONE 'Asia/Seoul'
    OR partition_name <> 'scalp_ticks_' || to_char(month_start, 'YYYYMM')
), months AS (
  SELECT 'scalp_ticks_' || to_char(month, 'YYYYMM') AS partition_name,
    month AT TIME ZONE 'Asia/Seoul' AS from_time, (month + interval '1 month') AT TIME ZONE 'Asia/Seoul' AS to_time
  FROM generate_series(
    (SELECT date_trunc('month', min(bar_time) AT TIME ZONE 'Asia/Seoul') FROM scalp_1m_bars),
    (SELECT max(bar_time) AT TIME ZONE 'Asia/Seoul' FROM scalp_1m_bars), interval '1 month') AS month
), lost AS (
  SELECT m.partition_name, m.from_time, m.to_time, 'bars made from ticks, but no partition and no archive' AS defect
  FROM months m
  WHERE NOT EXISTS (SELECT FROM partitions p WHERE p.from_time < m.to_time AND p.to_time > m.from_time)
    AND EXISTS (
      SELECT FROM scalp_1m_bars b
      WHERE b.bar_time >= m.from_time AND b.bar_time < m.to_time AND b.source = 'ticks')
    AND NOT EXISTS (
      SELECT FROM archive_manifest a
      WHERE a.partition_name = m.partition_name AND a.dropped_at IS NOT NULL)
)
SELECT count(*) OVER () AS defects, partition_name, defect, from_time, to_time
FROM (SELECT partition_name, from_time, to_time, defect FROM odd
      UNION ALL SELECT partition_name, from_time, to_time, defect FROM lost) AS found
ORDER BY partition_name
LIMIT 20
