-- Which minutes of [$1, $2) have ticks of the symbols $3?
-- Cost: one pass over the ticks of the range, each symbol a stretch of the primary key.
INSERT INTO due_minutes (symbol, bar_time)
SELECT wanted.symbol, minute.bar_time
FROM unnest($3::text[]) AS wanted (symbol)
CROSS JOIN LATERAL (
  SELECT date_bin('1 minute', event_time, '2000-01-01 00:00+00') AS bar_time
  FROM scalp_ticks
  WHERE symbol = wanted.symbol AND event_time >= $1::timestamptz AND event_time < $2::timestamptz
  GROUP BY 1
) minute
