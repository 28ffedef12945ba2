-- How well are the minutes in [$2, $3) of the symbols $1 covered, by grade? Cost: one pass over the bars of the range.
SELECT quality_grade, count(*) AS bars, avg(coverage_ratio) AS mean_coverage, min(coverage_ratio) AS least_coverage
FROM scalp_1m_bars
WHERE ($1::text[] IS NULL OR symbol = ANY ($1::text[]))
  AND bar_time >= coalesce($2::timestamptz, '-infinity') AND bar_time < coalesce($3::timestamptz, 'infinity')
GROUP BY quality_grade
ORDER BY quality_grade
