-- Which 1-minute bars in [$2, $3) of the symbols $1 have a coverage that is impossible, or is not what its definition
-- gives: ticks / (60 × samples a second at the minute's mitigation level), at most 1; and a flag that does not follow?
-- Imported bars have no ticks, so only the range of theirs is judged. Cost: one pass over the bars of the range.
WITH judged AS (
  SELECT symbol, bar_time, tick_count, mitigation_level, coverage_ratio, quality_flag, source,
    CASE WHEN source = 'ticks' THEN
      least(1, tick_count / (60 * CASE mitigation_level WHEN 0 THEN 2 WHEN 1 THEN 1 WHEN 2 THEN 0.5 END)::double precision)
    END AS expected
  FROM scalp_1m_bars
  WHERE ($1::text[] IS NULL OR symbol = ANY ($1::text[]))
    AND bar_time >= coalesce($2::timestamptz, '-infinity') AND bar_time < coalesce($3::timestamptz, 'infinity')
)
SELECT count(*) OVER () AS defects, symbol, bar_time, coverage_ratio, expected AS expected_coverage, tick_count,
  mitigation_level, quality_flag
FROM judged
WHERE coverage_ratio NOT BETWEEN 0 AND 1
  OR source = 'ticks' AND (
    coverage_ratio IS NULL OR expected IS NULL
    -- Both are one division of small whole numbers: they may differ in the last bit only.
    OR abs(coverage_ratio - expected) > 1e-12
    OR quality_flag IS DISTINCT FROM
      CASE WHEN expected >= 0.7 THEN 'normal' WHEN expected >= 0.5 THEN 'degraded' ELSE 'gap' END
  )
ORDER BY bar_time, symbol
LIMIT 20
