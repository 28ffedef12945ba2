-- Does the hot index of scalp_ticks cover the hot days before $1, without having grown beyond three times as many, and
-- has every partition that reaches beyond the bound its index?
WITH hot AS (
  SELECT m.hot_bound, make_interval(days => m.hot_retention_days) AS hot_days,
    date_trunc('day', $1::timestamptz, 'Asia/Seoul') - make_interval(days => m.hot_retention_days) AS wanted
  FROM partition_management m
  WHERE m.table_name = 'scalp_ticks'
), found AS (
  SELECT 'partition_management' AS object, hot_bound, wanted,
    CASE
      WHEN hot_bound IS NULL THEN 'never moved'
      WHEN hot_bound > wanted THEN 'covers less than the hot days'
      WHEN hot_bound < wanted - 2 * hot_days THEN 'not moved for long'
    END AS defect
  FROM hot
  UNION ALL
  SELECT p.partition_name, hot.hot_bound, hot.wanted, 'no hot index'
  FROM tick_partitions p, hot
  WHERE p.hot_index IS NULL AND p.to_time > hot.hot_bound
)
SELECT count(*) OVER () AS defects, object, defect, hot_bound, wanted
FROM found
WHERE defect IS NOT NULL
ORDER BY object
