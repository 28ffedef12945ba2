-- How many 10-minute bars of [$1, $2), of the symbols $3 (NULL: of all), carry another return than their closes give?
-- Cost: one pass over the bars, and a lookup of the bar before the range for each symbol.
WITH pairs AS (
  SELECT bar.returns_pct, bar.close,
    coalesce(
      lag(bar.close) OVER (PARTITION BY bar.symbol ORDER BY bar.bar_time),
      CASE WHEN row_number() OVER (PARTITION BY bar.symbol ORDER BY bar.bar_time) = 1 THEN (
        SELECT earlier.close FROM swing_bars_10m earlier
        WHERE earlier.symbol = bar.symbol AND earlier.bar_time < bar.bar_time
        ORDER BY earlier.bar_time DESC LIMIT 1
      ) END
    ) AS previous_close
  FROM swing_bars_10m bar
  WHERE bar.bar_time >= $1::timestamptz AND bar.bar_time < $2::timestamptz
    AND ($3::text[] IS NULL OR bar.symbol = ANY ($3::text[]))
)
SELECT count(*)::integer AS wrong
FROM pairs
WHERE returns_pct IS DISTINCT FROM
  CASE WHEN previous_close > 0 AND abs(close / previous_close - 1) < 99.99
  THEN round((close - previous_close) / previous_close, 8) END
