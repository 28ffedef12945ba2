-- Which symbols, of $3 (NULL: of all), have 10-minute bars in [$1, $2), or holes recorded there whose bars may be gone?
WITH seen AS (
  SELECT symbol FROM swing_bars_10m
  WHERE bar_time >= $1::timestamptz AND bar_time < $2::timestamptz
  UNION
  SELECT symbol FROM scalp_gaps
  WHERE gap_start_ts >= $1::timestamptz AND gap_start_ts < $2::timestamptz
    AND scope = 'swing' AND reason = 'back_fill_hole' AND metadata ? 'derived_from'
)
SELECT symbol FROM seen
WHERE symbol IS NOT NULL AND ($3::text[] IS NULL OR symbol = ANY ($3::text[]))
