-- Which symbol-minutes of [$1, $2) have ticks, of the symbols $3 (NULL: of all)?
-- Cost: one pass over the ticks of the range, found by the BRIN on event_time.
INSERT INTO due_minutes (symbol, bar_time)
SELECT symbol, date_bin('1 minute', event_time, '2000-01-01 00:00+00')
FROM scalp_ticks
WHERE event_time >= $1::timestamptz AND event_time < $2::timestamptz
  AND ($3::text[] IS NULL OR symbol = ANY ($3::text[]))
GROUP BY 1, 2
