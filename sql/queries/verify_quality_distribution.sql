-- How good are the bars in [$2, $3) of the symbols $1, by table, flag and source; how many carry both quotes?
-- Cost: one pass over the bars of the range.
SELECT 'swing_bars_10m' AS table_name, quality_flag, source, count(*) AS bars,
  count(*) FILTER (WHERE bid_price IS NOT NULL AND ask_price IS NOT NULL) AS with_quotes
FROM swing_bars_10m
WHERE ($1::text[] IS NULL OR symbol = ANY ($1::text[]))
  AND bar_time >= coalesce($2::timestamptz, '-infinity') AND bar_time < coalesce($3::timestamptz, 'infinity')
GROUP BY quality_flag, source
UNION ALL
SELECT 'scalp_1m_bars', quality_flag, source, count(*),
  count(*) FILTER (WHERE bid_price_avg IS NOT NULL AND ask_price_avg IS NOT NULL)
FROM scalp_1m_bars
WHERE ($1::text[] IS NULL OR symbol = ANY ($1::text[]))
  AND bar_time >= coalesce($2::timestamptz, '-infinity') AND bar_time < coalesce($3::timestamptz, 'infinity')
GROUP BY quality_flag, source
ORDER BY table_name, quality_flag, source
