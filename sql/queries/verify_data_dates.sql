-- From which to which Korean date are there bars, within [$1, $2)? NULL when there are none.
SELECT (min(bar_time) AT TIME ZONE 'Asia/Seoul')::date AS first_date, (max(bar_time) AT TIME ZONE 'Asia/Seoul')::date AS last_date
FROM (
  SELECT bar_time FROM swing_bars_10m
  WHERE bar_time >= coalesce($1::timestamptz, '-infinity') AND bar_time < coalesce($2::timestamptz, 'infinity')
  UNION ALL
  SELECT bar_time FROM scalp_1m_bars
  WHERE bar_time >= coalesce($1::timestamptz, '-infinity') AND bar_time < coalesce($2::timestamptz, 'infinity')
) AS bars
