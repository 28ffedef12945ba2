-- Which symbols have ten-minute bars between two Korean dates, both included?
SELECT DISTINCT symbol
FROM swing_bars_10m
WHERE bar_time >= $1::date::timestamp AT TIME ZONE 'Asia/Seoul'
  AND bar_time < ($2::date + 1)::timestamp AT TIME ZONE 'Asia/Seoul'
ORDER BY symbol
