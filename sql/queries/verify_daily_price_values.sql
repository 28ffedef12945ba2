-- Which daily prices from $2 to before $3 of the symbols $1 hold what no day can?
WITH judged AS (
  SELECT symbol, trade_date, open, high, low, close, volume,
    CASE
      WHEN close IS NULL THEN 'the close is missing'
      WHEN low <= 0 OR close <= 0 OR prev_close <= 0 THEN 'a price not above 0'
      WHEN volume < 0 THEN 'a negative volume'
      WHEN high < greatest(open, close, low) THEN 'high below another price'
      WHEN low > least(open, close) THEN 'low above another price'
    END AS defect
  FROM eod_prices
  WHERE ($1::text[] IS NULL OR symbol = ANY ($1::text[]))
    AND trade_date >= coalesce(($2::timestamptz AT TIME ZONE 'Asia/Seoul')::date, '-infinity')
    AND trade_date < coalesce(($3::timestamptz AT TIME ZONE 'Asia/Seoul')::date, 'infinity')
)
SELECT count(*) OVER () AS defects, symbol, trade_date, defect, open, high, low, close, volume
FROM judged
WHERE defect IS NOT NULL
ORDER BY trade_date, symbol
LIMIT 20
