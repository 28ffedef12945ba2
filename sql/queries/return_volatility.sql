-- How much do the 10-minute returns of each symbol vary in [$1, $2)?
-- A return is taken between neighbouring bars of one Korean day; bars of doubtful quality take part in none.
-- Cost: reads the bars of the range once and sorts them by symbol and time.
WITH bars AS (
  SELECT symbol, close,
    lag(close) OVER symbol_day AS previous_close
  FROM swing_bars_10m
  WHERE bar_time >= $1::timestamptz AND bar_time < $2::timestamptz AND quality_flag = 'normal'
  WINDOW symbol_day AS (PARTITION BY symbol, (bar_time AT TIME ZONE 'Asia/Seoul')::date ORDER BY bar_time)
)
SELECT symbol, count(*) AS returns, stddev_samp((close / previous_close - 1)::double precision) AS volatility
FROM bars
WHERE previous_close > 0 AND close IS NOT NULL
GROUP BY symbol
ORDER BY symbol
