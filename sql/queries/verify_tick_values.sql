-- Which ticks in [$2, $3) of the symbols $1 hold what no tick can? Crossed quotes count only in continuous trading.
-- Cost: one pass over the ticks of the range; the calendar is asked for crossed ones only.
WITH suspects AS (
  SELECT symbol, event_time, seq, bid_price, ask_price, last_price, volume, venue,
    CASE
      WHEN last_price IS NULL AND (bid_price IS NULL OR ask_price IS NULL) THEN 'no price'
      WHEN last_price <= 0 OR bid_price <= 0 OR ask_price <= 0 THEN 'a price not above 0'
      WHEN volume < 0 OR bid_size < 0 OR ask_size < 0 OR acml_volume < 0 OR acml_value < 0 THEN 'a negative amount'
      WHEN mitigation_level IS NULL OR mitigation_level NOT BETWEEN 0 AND 2 THEN 'an unknown mitigation level'
      WHEN quality_flag IS NULL OR quality_flag NOT IN ('normal', 'degraded', 'gap') THEN 'an unknown quality flag'
      ELSE 'bid above ask'
    END AS defect
  FROM scalp_ticks
  WHERE ($1::text[] IS NULL OR symbol = ANY ($1::text[]))
    AND event_time >= coalesce($2::timestamptz, '-infinity') AND event_time < coalesce($3::timestamptz, 'infinity')
    AND (
      last_price IS NULL AND (bid_price IS NULL OR ask_price IS NULL)
      OR last_price <= 0 OR bid_price <= 0 OR ask_price <= 0
      OR volume < 0 OR bid_size < 0 OR ask_size < 0 OR acml_volume < 0 OR acml_value < 0
      OR mitigation_level IS NULL OR mitigation_level NOT BETWEEN 0 AND 2
      OR quality_flag IS NULL OR quality_flag NOT IN ('normal', 'degraded', 'gap')
      OR bid_price > ask_price
    )
)
SELECT count(*) OVER () AS defects, s.symbol, s.event_time, s.seq, s.defect, s.last_price, s.bid_price, s.ask_price, s.volume
FROM suspects s
LEFT JOIN market_sessions m
  ON m.venue = CASE WHEN s.venue = 'NXT' THEN 'NXT' ELSE 'KRX' END
  AND m.trade_date = (s.event_time AT TIME ZONE 'Asia/Seoul')::date
WHERE s.defect <> 'bid above ask' OR s.event_time >= m.open_time AND s.event_time < m.continuous_end_time
ORDER BY s.event_time, s.symbol, s.seq
LIMIT 20
