-- Which 10-minute bars in [$2, $3) of the symbols $1 have another return than close / previous close − 1?
-- The previous bar may lie before the range. At most $4 rows (NULL: all). Cost: one pass over the bars of the range, in the order of an index.
WITH firsts AS (
  SELECT symbol, min(bar_time) AS first_time
  FROM swing_bars_10m
  WHERE ($1::text[] IS NULL OR symbol = ANY ($1::text[]))
    AND bar_time >= coalesce($2::timestamptz, '-infinity') AND bar_time < coalesce($3::timestamptz, 'infinity')
  GROUP BY symbol
), bars AS (
  SELECT b.symbol, b.bar_time, b.close, b.returns_pct, f.first_time,
    lag(b.close) OVER (PARTITION BY b.symbol ORDER BY b.bar_time) AS previous_close
  FROM firsts f
  JOIN swing_bars_10m b ON b.symbol = f.symbol
    AND b.bar_time >= coalesce(
      (SELECT max(p.bar_time) FROM swing_bars_10m p WHERE p.symbol = f.symbol AND p.bar_time < f.first_time),
      f.first_time)
    AND b.bar_time < coalesce($3::timestamptz, 'infinity')
), expected AS (
  SELECT symbol, bar_time, close, previous_close, returns_pct,
    CASE WHEN previous_close > 0 AND abs(close / previous_close - 1) < 99.99
    THEN round((close - previous_close) / previous_close, 8) END AS expected_returns_pct
  FROM bars
  WHERE bar_time >= first_time
)
SELECT count(*) OVER () AS defects, symbol, bar_time, returns_pct, expected_returns_pct, close, previous_close
FROM expected
WHERE returns_pct IS DISTINCT FROM expected_returns_pct
ORDER BY symbol, bar_time
LIMIT $4::bigint
