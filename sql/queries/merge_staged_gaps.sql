-- Which staged gaps are new, and which lengthen a known one? A gap is opened when noticed and closed when data
-- resume: of two rows under one key the later end holds.
WITH longest AS (
  SELECT DISTINCT ON (scope, symbol, gap_start_ts, session_id)
  gap_start_ts, gap_end_ts, gap_seconds, scope, symbol, reason, session_id, ingest_file_id
  FROM staged_gaps
  ORDER BY scope, symbol, gap_start_ts, session_id, gap_end_ts DESC, ordinal
), merged AS (
  INSERT INTO scalp_gaps AS kept (
  gap_start_ts, gap_end_ts, gap_seconds, scope, symbol, reason, session_id, ingest_file_id
  )
  SELECT
  gap_start_ts, gap_end_ts, gap_seconds, scope, symbol, reason, session_id, ingest_file_id
  FROM longest
  ON CONFLICT (scope, symbol, gap_start_ts, session_id) DO UPDATE SET
    gap_end_ts = excluded.gap_end_ts, gap_seconds = excluded.gap_seconds, reason = excluded.reason
  WHERE excluded.gap_end_ts > kept.gap_end_ts
  RETURNING (xmax = 0) AS is_new
)
SELECT
  count(*) FILTER (WHERE is_new)::integer AS inserted,
  count(*) FILTER (WHERE NOT is_new)::integer AS updated
FROM merged
