-- Which gaps of five minutes or more begin before $2, after the key ($1, $3), at most $4 of them (NULL: all)?
SELECT id, gap_start_ts, gap_end_ts, gap_seconds, scope, symbol, reason, severity, session_id
FROM scalp_gaps
WHERE severity = 'critical'
  AND gap_start_ts < $1::timestamptz
  AND (gap_start_ts, id) > ($2::timestamptz, $3::integer)
ORDER BY gap_start_ts, id
LIMIT $4
