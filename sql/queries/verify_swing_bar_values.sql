-- Which 10-minute bars in [$2, $3) of the symbols $1 hold what no bar can? The quotes are of the moment the bar was
-- collected, or of its end where that is not known; crossed ones count only in continuous trading.
-- Cost: one pass over the bars of the range.
WITH judged AS (
  SELECT b.symbol, b.bar_time, b.open, b.high, b.low, b.close, b.volume, b.bid_price, b.ask_price,
    CASE
      WHEN b.open IS NULL OR b.high IS NULL OR b.low IS NULL OR b.close IS NULL THEN 'a price is missing'
      WHEN b.volume IS NULL THEN 'the volume is missing'
      WHEN b.quality_flag IS NULL THEN 'the quality flag is missing'
      WHEN b.low <= 0 OR b.bid_price <= 0 OR b.ask_price <= 0 THEN 'a price not above 0'
      WHEN b.volume < 0 OR b.value < 0 THEN 'a negative amount'
      WHEN b.high < greatest(b.open, b.close, b.low) THEN 'high below another price'
      WHEN b.low > least(b.open, b.close) THEN 'low above another price'
      WHEN b.bid_price > b.ask_price
        AND coalesce(b.collected_at, b.bar_time + interval '10 minutes') >= m.open_time
        AND coalesce(b.collected_at, b.bar_time + interval '10 minutes') < m.continuous_end_time THEN 'bid above ask'
    END AS defect
  FROM swing_bars_10m b
  LEFT JOIN market_sessions m
    ON m.venue = CASE WHEN b.venue = 'NXT' THEN 'NXT' ELSE 'KRX' END
    AND m.trade_date = (b.bar_time AT TIME ZONE 'Asia/Seoul')::date
  WHERE ($1::text[] IS NULL OR b.symbol = ANY ($1::text[]))
    AND b.bar_time >= coalesce($2::timestamptz, '-infinity') AND b.bar_time < coalesce($3::timestamptz, 'infinity')
)
SELECT count(*) OVER () AS defects, symbol, bar_time, defect, open, high, low, close, volume, bid_price, ask_price
FROM judged
WHERE defect IS NOT NULL
ORDER BY bar_time, symbol
LIMIT 20
