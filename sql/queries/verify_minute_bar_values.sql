-- Which 1-minute bars in [$2, $3) of the symbols $1 hold what no bar can?
-- Cost: one pass over the bars of the range.
WITH judged AS (
  SELECT symbol, bar_time, open, high, low, close, volume, bid_price_avg, ask_price_avg,
    CASE
      WHEN open IS NULL OR high IS NULL OR low IS NULL OR close IS NULL THEN 'a price is missing'
      WHEN quality_flag IS NULL THEN 'the quality flag is missing'
      WHEN bar_time <> date_bin('1 minute', bar_time, '2000-01-01Z') THEN 'not the start of a minute'
      WHEN low <= 0 OR bid_price_avg <= 0 OR ask_price_avg <= 0 THEN 'a price not above 0'
      WHEN volume < 0 OR value < 0 OR tick_count < 1 OR volume_capture < 0 THEN 'a negative amount, or no tick'
      WHEN high < greatest(open, close, low) THEN 'high below another price'
      WHEN low > least(open, close) THEN 'low above another price'
    END AS defect
  FROM scalp_1m_bars
  WHERE ($1::text[] IS NULL OR symbol = ANY ($1::text[]))
    AND bar_time >= coalesce($2::timestamptz, '-infinity') AND bar_time < coalesce($3::timestamptz, 'infinity')
)
SELECT count(*) OVER () AS defects, symbol, bar_time, defect, open, high, low, close, volume
FROM judged
WHERE defect IS NOT NULL
ORDER BY bar_time, symbol
LIMIT 20
