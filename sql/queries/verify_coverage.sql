-- Which 1-minute bars in [$2, $3) of the symbols $1 have a coverage that is impossible, or is not what its definition
-- gives, at most 1: ticks / ticks expected at the minute's mitigation level, of which only one is expected in the minute
-- of the closing print, and only the part after it in the minute of the open; and a flag that does not follow? A bar does
-- not tell its venue: the hours of each are tried. Imported bars have no ticks, so only the range of theirs is judged.
-- Cost: one pass over the bars of the range; the calendar is asked for bars that do not hold a whole minute's share.
WITH bars AS (
  SELECT symbol, bar_time, tick_count, mitigation_level, coverage_ratio, quality_flag, source,
    tick_count / (60 * CASE mitigation_level WHEN 1 THEN 1.0 WHEN 2 THEN 0.5 ELSE 2.0 END) AS share_of_minute
  FROM scalp_1m_bars
  WHERE ($1::text[] IS NULL OR symbol = ANY ($1::text[]))
    AND bar_time >= coalesce($2::timestamptz, '-infinity') AND bar_time < coalesce($3::timestamptz, 'infinity')
), judged AS (
  SELECT b.symbol, b.bar_time, b.tick_count, b.mitigation_level, b.coverage_ratio, b.quality_flag, b.share_of_minute,
    CASE
      WHEN b.coverage_ratio NOT BETWEEN 0 AND 1 THEN 'not between 0 and 1'
      WHEN b.source IS DISTINCT FROM 'ticks' THEN NULL
      WHEN b.coverage_ratio IS NULL OR b.tick_count IS NULL THEN 'missing'
      WHEN b.coverage_ratio <> least(1, b.share_of_minute)::double precision AND NOT EXISTS (
        SELECT FROM market_sessions day
        WHERE day.trade_date = (b.bar_time AT TIME ZONE 'Asia/Seoul')::date
          AND b.coverage_ratio = least(1, CASE
            WHEN day.close_time > day.continuous_end_time
              AND date_bin('1 minute', day.close_time, '2000-01-01 00:00+00') = b.bar_time THEN b.tick_count
            WHEN day.open_time > b.bar_time AND day.open_time < b.bar_time + interval '1 minute'
              THEN b.share_of_minute * 60 / (60 - extract(epoch FROM day.open_time - b.bar_time))
          END)::double precision
      ) THEN 'not ticks / ticks expected'
      WHEN b.quality_flag IS DISTINCT FROM CASE
        WHEN b.coverage_ratio >= 0.7 THEN 'normal' WHEN b.coverage_ratio >= 0.5 THEN 'degraded' ELSE 'gap'
      END THEN 'the flag does not follow'
    END AS defect
  FROM bars b
)
SELECT count(*) OVER () AS defects, symbol, bar_time, defect, coverage_ratio, tick_count, mitigation_level, quality_flag
FROM judged
WHERE defect IS NOT NULL
ORDER BY bar_time, symbol
LIMIT 20
