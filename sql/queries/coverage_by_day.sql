-- What is there of each symbol on each Korean date from $4 to $5, that is in [$2, $3)?
-- $1: the symbols; NULL for all that have 1-minute bars or gaps of their own in the range.
-- Cost: reads the bars of the range once; gaps are few.
WITH bars AS (
  SELECT symbol, (bar_time AT TIME ZONE 'Asia/Seoul')::date AS trade_date,
    count(*) AS bars,
    avg(coverage_ratio) AS mean_coverage,
    count(*) FILTER (WHERE quality_grade = 'A') AS grade_a,
    count(*) FILTER (WHERE quality_grade = 'B') AS grade_b,
    count(*) FILTER (WHERE quality_grade = 'C') AS grade_c,
    count(*) FILTER (WHERE quality_grade = 'D') AS grade_d,
    count(*) FILTER (WHERE quality_grade IS NULL) AS ungraded
  FROM scalp_1m_bars
  WHERE ($1::text[] IS NULL OR symbol = ANY ($1::text[]))
    AND bar_time >= $2::timestamptz AND bar_time < $3::timestamptz
  GROUP BY symbol, trade_date
), gaps AS (
  SELECT symbol, gap_start_ts, gap_end_ts
  FROM scalp_gaps
  WHERE scope IN ('scalp', 'all')
    AND gap_start_ts < $3::timestamptz AND gap_end_ts > $2::timestamptz AND gap_end_ts > gap_start_ts
    AND (symbol IS NULL OR $1::text[] IS NULL OR symbol = ANY ($1::text[]))
), seen AS (
  SELECT unnest($1::text[]) AS symbol
  UNION SELECT symbol FROM bars
  UNION SELECT symbol FROM gaps WHERE symbol IS NOT NULL
), days AS (
  SELECT day::date AS trade_date,
    day::timestamp AT TIME ZONE 'Asia/Seoul' AS day_start,
    (day::date + 1)::timestamp AT TIME ZONE 'Asia/Seoul' AS day_end
  FROM generate_series($4::date, $5::date, interval '1 day') AS day
), lost AS (
  -- Each gap cut at midnight, then united: a symbol's own gap inside one of all symbols counts once.
  SELECT seen.symbol, days.trade_date,
    range_agg(tstzrange(greatest(gaps.gap_start_ts, days.day_start), least(gaps.gap_end_ts, days.day_end))) AS stretches
  FROM seen
  JOIN gaps ON gaps.symbol = seen.symbol OR gaps.symbol IS NULL
  JOIN days ON gaps.gap_start_ts < days.day_end AND gaps.gap_end_ts > days.day_start
  GROUP BY seen.symbol, days.trade_date
)
SELECT symbol, trade_date,
  coalesce(bars.bars, 0) AS bars,
  bars.mean_coverage,
  coalesce(bars.grade_a, 0) AS grade_a,
  coalesce(bars.grade_b, 0) AS grade_b,
  coalesce(bars.grade_c, 0) AS grade_c,
  coalesce(bars.grade_d, 0) AS grade_d,
  coalesce(bars.ungraded, 0) AS ungraded,
  coalesce((
    SELECT sum(extract(epoch FROM upper(stretch) - lower(stretch)))::double precision
    FROM unnest(lost.stretches) AS stretch
  ), 0) AS gap_seconds
FROM bars
FULL JOIN lost USING (symbol, trade_date)
ORDER BY symbol, trade_date
