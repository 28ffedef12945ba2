-- Which months of ticks are there to compare? One row per partition with its bounds. Catalogs only.
SELECT
  to_char(month, 'YYYY-MM') AS part,
  (month::TIMESTAMP AT TIME ZONE 'Asia/Seoul')::TEXT AS from_time,
  ((month + INTERVAL '1 month') AT TIME ZONE 'Asia/Seoul')::TEXT AS to_time
FROM (
  SELECT to_date(right(c.relname, 6), 'YYYYMM') AS month
  FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
  WHERE i.inhparent = 'public.scalp_ticks'::REGCLASS AND c.relname ~ '^scalp_ticks_\d{6}$'
) AS made
ORDER BY month
