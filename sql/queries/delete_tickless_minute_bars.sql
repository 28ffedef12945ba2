-- Which bars built from ticks in [$1, $2), of the symbols $3 (NULL: of all), have no priced tick any more? Removes them.
DELETE FROM scalp_1m_bars bar
WHERE bar.bar_time >= $1::timestamptz AND bar.bar_time < $2::timestamptz
  AND ($3::text[] IS NULL OR bar.symbol = ANY ($3::text[]))
  AND bar.source = 'ticks'
  AND NOT EXISTS (
    SELECT FROM scalp_ticks tick
    WHERE tick.symbol = bar.symbol
      AND tick.event_time >= bar.bar_time AND tick.event_time < bar.bar_time + interval '1 minute'
      AND tick.event_time >= $1::timestamptz AND tick.event_time < $2::timestamptz
      AND tick.last_price IS NOT NULL
  )
