-- Which slices of $3 seconds of the day [$1, $2) have ticks of the symbols $4, or bars built from ticks?
-- Cost: for each slice, a probe of the primary key for each symbol until one has a tick. By time alone a slice without
-- ticks would be searched for in every page that the BRIN has no summary of yet.
SELECT slice_start
FROM generate_series(
  $1::timestamptz, $2::timestamptz - interval '1 microsecond', make_interval(secs => $3::double precision)
) AS slice_start
WHERE EXISTS (
  SELECT FROM unnest($4::text[]) AS wanted (symbol)
  CROSS JOIN LATERAL (
    SELECT FROM scalp_ticks
    WHERE symbol = wanted.symbol
      AND event_time >= slice_start AND event_time < slice_start + make_interval(secs => $3::double precision)
      AND event_time >= $1::timestamptz AND event_time < $2::timestamptz
    LIMIT 1
  ) tick
) OR EXISTS (
  SELECT FROM scalp_1m_bars
  WHERE bar_time >= slice_start AND bar_time < slice_start + make_interval(secs => $3::double precision)
    AND source = 'ticks'
)
ORDER BY slice_start
