-- Which of the symbols $1 (NULL: of all) have 10-minute bars built from 1-minute bars on the Korean date $2?
SELECT DISTINCT symbol
FROM swing_bars_10m
WHERE ($1::text[] IS NULL OR symbol = ANY ($1::text[])) AND source = '1m'
  AND bar_time >= $2::date::timestamp AT TIME ZONE 'Asia/Seoul'
  AND bar_time < ($2::date + 1)::timestamp AT TIME ZONE 'Asia/Seoul'
ORDER BY symbol
