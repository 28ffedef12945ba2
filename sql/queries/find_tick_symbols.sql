-- Which symbols, of $3 (NULL: of all), have ticks in the month [$1, $2), or holes recorded there whose ticks may be gone?
-- Cost: jumps from symbol to symbol along the primary key. The range is a whole partition, so that the first entry of each
-- symbol answers; for a day of it, the days before would be read.
WITH RECURSIVE symbols AS (
  (SELECT symbol FROM scalp_ticks
   WHERE event_time >= $1::timestamptz AND event_time < $2::timestamptz
   ORDER BY symbol LIMIT 1)
  UNION ALL
  SELECT (
    SELECT tick.symbol FROM scalp_ticks tick
    WHERE tick.symbol > symbols.symbol AND tick.event_time >= $1::timestamptz AND tick.event_time < $2::timestamptz
    ORDER BY tick.symbol LIMIT 1
  )
  FROM symbols WHERE symbols.symbol IS NOT NULL
), seen AS (
  SELECT symbol FROM symbols
  UNION
  SELECT symbol FROM scalp_gaps
  WHERE gap_start_ts >= $1::timestamptz AND gap_start_ts < $2::timestamptz
    AND scope = 'scalp' AND reason = 'back_fill_hole' AND metadata ? 'derived_from'
)
SELECT symbol FROM seen
WHERE symbol IS NOT NULL AND ($3::text[] IS NULL OR symbol = ANY ($3::text[]))
