-- Recomputes the returns of the bars of [$1, $2), of the symbols $3 (NULL: of all); how many were wrong?
SELECT coalesce(mend_swing_returns(array_agg(symbol::text), array_agg(bar_time)), 0)::integer AS mended
FROM swing_bars_10m
WHERE bar_time >= $1::timestamptz AND bar_time < $2::timestamptz
  AND ($3::text[] IS NULL OR symbol = ANY ($3::text[]))
HAVING count(*) > 0
