-- Which 10-minute bars built from minutes in [$1, $2), of the symbols $3 (NULL: of all), have no minute left? Removes them.
-- The minute after the ten is the closing print's, of the last bar.
DELETE FROM swing_bars_10m bar
WHERE bar.bar_time >= $1::timestamptz AND bar.bar_time < $2::timestamptz
  AND ($3::text[] IS NULL OR bar.symbol = ANY ($3::text[]))
  AND bar.source = '1m'
  AND NOT EXISTS (
    SELECT FROM scalp_1m_bars minute
    LEFT JOIN market_sessions day ON day.venue = 'KRX'
      AND day.trade_date = (bar.bar_time AT TIME ZONE 'Asia/Seoul')::date
    WHERE minute.symbol = bar.symbol AND minute.bar_time >= bar.bar_time
      AND (minute.bar_time < bar.bar_time + interval '10 minutes'
        OR minute.bar_time = bar.bar_time + interval '10 minutes'
          AND date_bin('1 minute', day.close_time, '2000-01-01 00:00+00') = minute.bar_time)
  )
