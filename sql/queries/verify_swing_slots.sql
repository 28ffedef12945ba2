-- Which 10-minute bars in [$2, $3) of the symbols $1 pass for normal though the calendar has no slot for them?
-- Dates beyond the stored calendar are not judged, nor symbols that are not of the shape of Korean ones. Cost: one pass over the bars of the range.
WITH covered AS (
  SELECT min(trade_date) AS first_date, max(trade_date) AS last_date FROM market_sessions WHERE venue = 'KRX'
), dated AS (
  SELECT symbol, bar_time, source, CASE WHEN venue = 'NXT' THEN 'NXT' ELSE 'KRX' END AS venue,
    (bar_time AT TIME ZONE 'Asia/Seoul')::date AS trade_date
  FROM swing_bars_10m
  WHERE ($1::text[] IS NULL OR symbol = ANY ($1::text[]))
    AND bar_time >= coalesce($2::timestamptz, '-infinity') AND bar_time < coalesce($3::timestamptz, 'infinity')
    AND quality_flag = 'normal' AND symbol ~ '^[0-9A-Z]{6}$'
), judged AS (
  SELECT d.symbol, d.bar_time, d.source,
    CASE
      WHEN m.open_time IS NULL THEN 'a day without trading'
      WHEN d.bar_time < date_trunc('minute', m.open_time) OR d.bar_time >= m.close_time THEN 'outside the session'
      WHEN mod(extract(epoch FROM d.bar_time - date_trunc('minute', m.open_time)), 600) <> 0 THEN 'between two slots'
    END AS defect
  FROM dated d
  JOIN covered c ON d.trade_date BETWEEN c.first_date AND c.last_date
  LEFT JOIN market_sessions m ON m.venue = d.venue AND m.trade_date = d.trade_date
)
SELECT count(*) OVER () AS defects, symbol, bar_time, defect, source
FROM judged
WHERE defect IS NOT NULL
ORDER BY bar_time, symbol
LIMIT 20
