-- Which gap rows that touch [$2, $3) and the symbols $1 contradict themselves or another row of their session?
-- Cost: reads the gaps of the range, which are few.
WITH gaps AS (
  SELECT id, scope, symbol, gap_start_ts, gap_end_ts, gap_seconds, is_open, session_id,
    max(gap_end_ts) OVER (
      PARTITION BY scope, symbol, session_id
      ORDER BY gap_start_ts, id
      ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    ) AS covered_to
  FROM scalp_gaps
  WHERE ($1::text[] IS NULL OR symbol IS NULL OR symbol = ANY ($1::text[]))
    AND gap_end_ts >= coalesce($2::timestamptz, '-infinity') AND gap_start_ts < coalesce($3::timestamptz, 'infinity')
), judged AS (
  SELECT g.id, g.scope, g.symbol, g.gap_start_ts, g.gap_end_ts, g.gap_seconds, g.session_id,
    CASE
      WHEN g.scope IS NULL THEN 'no scope'
      WHEN g.gap_end_ts < g.gap_start_ts THEN 'ends before it starts'
      WHEN abs(g.gap_seconds - extract(epoch FROM g.gap_end_ts - g.gap_start_ts)) >= 1 THEN 'length is not end − start'
      WHEN g.covered_to > g.gap_start_ts THEN 'overlaps an earlier gap of its session'
      WHEN g.is_open AND s.ended_at IS NOT NULL THEN 'open, though its session has ended'
    END AS defect
  FROM gaps g
  LEFT JOIN collector_sessions s ON s.session_id = g.session_id
)
SELECT count(*) OVER () AS defects, id, defect, scope, symbol, gap_start_ts, gap_end_ts, gap_seconds, session_id
FROM judged
WHERE defect IS NOT NULL
ORDER BY gap_start_ts, id
LIMIT 20
