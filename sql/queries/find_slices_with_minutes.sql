-- Which slices of $3 seconds of the day [$1, $2) have ticks, or bars built from ticks?
-- Cost: one pass over the ticks of the day, found by the BRIN on event_time. Not EXISTS for each slice: for one row the
-- planner may begin to read the whole partition, and an empty slice makes it read that to the end.
SELECT date_bin(make_interval(secs => $3::double precision), event_time, $1::timestamptz) AS slice_start
FROM scalp_ticks
WHERE event_time >= $1::timestamptz AND event_time < $2::timestamptz
GROUP BY 1
UNION
SELECT date_bin(make_interval(secs => $3::double precision), bar_time, $1::timestamptz)
FROM scalp_1m_bars
WHERE bar_time >= $1::timestamptz AND bar_time < $2::timestamptz AND source = 'ticks'
GROUP BY 1
ORDER BY slice_start
