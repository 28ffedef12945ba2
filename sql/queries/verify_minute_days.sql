-- On which days in [$2, $3) have symbols of $1 1-minute bars though no venue trades? Bars before the open and after the
-- close are other phases of a trading day. Dates beyond the stored calendar are not judged, nor symbols that
-- are not of the shape of Korean ones.
-- Cost: one pass over the bars of the range.
WITH covered AS (
  SELECT min(trade_date) AS first_date, max(trade_date) AS last_date FROM market_sessions
), days AS (
  SELECT symbol, (bar_time AT TIME ZONE 'Asia/Seoul')::date AS trade_date, count(*)::integer AS bars,
    min(bar_time) AS first_bar, max(bar_time) AS last_bar
  FROM scalp_1m_bars
  WHERE ($1::text[] IS NULL OR symbol = ANY ($1::text[]))
    AND bar_time >= coalesce($2::timestamptz, '-infinity') AND bar_time < coalesce($3::timestamptz, 'infinity')
    AND symbol ~ '^[0-9A-Z]{6}$'
  GROUP BY 1, 2
)
SELECT count(*) OVER () AS defects, d.symbol, d.trade_date, d.bars, d.first_bar, d.last_bar
FROM days d
JOIN covered c ON d.trade_date BETWEEN c.first_date AND c.last_date
WHERE NOT EXISTS (SELECT FROM market_sessions m WHERE m.trade_date = d.trade_date AND m.kind <> 'closed')
ORDER BY d.trade_date, d.symbol
LIMIT 20
