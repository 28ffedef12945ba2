-- Which of this month and the next, Korean time at $1, has no partition of scalp_ticks?
SELECT count(*) OVER () AS defects, 'scalp_ticks_' || to_char(month, 'YYYYMM') AS partition_name, month::date AS first_day
FROM generate_series(
  date_trunc('month', $1::timestamptz AT TIME ZONE 'Asia/Seoul'),
  date_trunc('month', $1::timestamptz AT TIME ZONE 'Asia/Seoul') + interval '1 month', interval '1 month') AS month
WHERE NOT EXISTS (
  SELECT FROM tick_partitions p
  WHERE p.from_time <= month AT TIME ZONE 'Asia/Seoul' AND p.to_time > month AT TIME ZONE 'Asia/Seoul')
ORDER BY month
