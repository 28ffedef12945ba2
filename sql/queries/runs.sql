-- Which runs were started before the key ($3, $4), newest first, at most $5 of them (NULL: all)?
-- $1 kind, $2 state: NULL does not restrict.
SELECT run_id, kind, config, config_hash, input_fingerprint, code_version, rule_book_version, seed::text AS seed,
  started_at, finished_at, state, trials, error
FROM analysis_runs
WHERE ($1::text IS NULL OR kind = $1)
  AND ($2::text IS NULL OR state = $2)
  AND (started_at, run_id) < ($3::timestamptz, $4::bigint)
ORDER BY started_at DESC, run_id DESC
LIMIT $5
