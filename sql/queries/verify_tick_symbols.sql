-- Which symbols, of $1 (NULL: of all), have ticks, or bars made from ticks, in [$2, $3)?
-- Cost: jumps from symbol to symbol along the primary key of the ticks; reads the bars of the range.
WITH RECURSIVE ticked AS (
  (SELECT symbol FROM scalp_ticks
   WHERE event_time >= $2::timestamptz AND event_time < $3::timestamptz
   ORDER BY symbol LIMIT 1)
  UNION ALL
  SELECT (
    SELECT t.symbol FROM scalp_ticks t
    WHERE t.symbol > ticked.symbol AND t.event_time >= $2::timestamptz AND t.event_time < $3::timestamptz
    ORDER BY t.symbol LIMIT 1
  )
  FROM ticked WHERE ticked.symbol IS NOT NULL
)
SELECT symbol FROM ticked WHERE symbol IS NOT NULL AND ($1::text[] IS NULL OR symbol = ANY ($1::text[]))
UNION
SELECT symbol FROM scalp_1m_bars
WHERE bar_time >= $2::timestamptz AND bar_time < $3::timestamptz AND source = 'ticks'
  AND ($1::text[] IS NULL OR symbol = ANY ($1::text[]))
ORDER BY symbol
