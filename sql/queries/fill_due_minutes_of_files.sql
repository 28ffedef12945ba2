-- Whose bars of [$1, $2) depend on ticks that the files $3 brought? The minutes of those ticks, and the symbol's next
-- minute with a counter up to the day's end $4: its volume is counted from theirs.
-- Only the symbols $5 are looked at, each as a stretch of the primary key: just after a load the BRIN on event_time has no
-- summary of the new pages, and a search by time would read all of them.
-- Cost: one pass over the ticks of the range.
WITH touched AS MATERIALIZED (
  SELECT wanted.symbol, minute.bar_time, minute.has_counter
  FROM unnest($5::text[]) AS wanted (symbol)
  CROSS JOIN LATERAL (
    SELECT date_bin('1 minute', event_time, '2000-01-01 00:00+00') AS bar_time,
      bool_or(acml_volume IS NOT NULL) AS has_counter
    FROM scalp_ticks
    WHERE symbol = wanted.symbol AND event_time >= $1::timestamptz AND event_time < $2::timestamptz
      AND ingest_file_id = ANY ($3::integer[])
    GROUP BY 1
  ) minute
)
INSERT INTO due_minutes (symbol, bar_time)
SELECT symbol, bar_time FROM touched
UNION
SELECT touched.symbol, date_bin('1 minute', follower.event_time, '2000-01-01 00:00+00')
FROM touched
CROSS JOIN LATERAL (
  SELECT event_time
  FROM scalp_ticks
  WHERE symbol = touched.symbol
    AND event_time >= touched.bar_time + interval '1 minute' AND event_time < $4::timestamptz
    AND acml_volume IS NOT NULL
  ORDER BY event_time
  LIMIT 1
) follower
WHERE touched.has_counter
  AND NOT EXISTS (
    SELECT FROM touched later
    WHERE later.symbol = touched.symbol AND later.bar_time = touched.bar_time + interval '1 minute'
  )
