-- Gives the 1-minute bars made from ticks in [$2, $3) of the symbols $1 the coverage and flag of their tick count, where
-- they have another; the hours are those of KRX. Returns how many were wrong.
WITH shares AS (
  SELECT b.symbol, b.bar_time, b.coverage_ratio, b.quality_flag,
    least(1, CASE
      WHEN day.close_time > day.continuous_end_time
        AND date_bin('1 minute', day.close_time, '2000-01-01 00:00+00') = b.bar_time THEN b.tick_count
      ELSE b.tick_count / (CASE b.mitigation_level WHEN 1 THEN 1.0 WHEN 2 THEN 0.5 ELSE 2.0 END * CASE
        WHEN day.open_time > b.bar_time AND day.open_time < b.bar_time + interval '1 minute'
        THEN 60 - extract(epoch FROM day.open_time - b.bar_time)
        ELSE 60
      END)
    END)::double precision AS coverage
  FROM scalp_1m_bars b
  LEFT JOIN market_sessions day
    ON day.venue = 'KRX' AND day.trade_date = (b.bar_time AT TIME ZONE 'Asia/Seoul')::date
  WHERE ($1::text[] IS NULL OR b.symbol = ANY ($1::text[]))
    AND b.bar_time >= coalesce($2::timestamptz, '-infinity') AND b.bar_time < coalesce($3::timestamptz, 'infinity')
    AND b.source = 'ticks' AND b.tick_count IS NOT NULL
), flagged AS (
  SELECT *, CASE WHEN coverage >= 0.7 THEN 'normal' WHEN coverage >= 0.5 THEN 'degraded' ELSE 'gap' END AS flag
  FROM shares
), mended AS (
  UPDATE scalp_1m_bars b
  SET coverage_ratio = f.coverage, quality_flag = f.flag
  FROM flagged f
  WHERE b.symbol = f.symbol AND b.bar_time = f.bar_time
    AND (f.coverage_ratio IS DISTINCT FROM f.coverage OR f.quality_flag IS DISTINCT FROM f.flag)
  RETURNING 1
)
SELECT count(*)::integer AS changed FROM mended
