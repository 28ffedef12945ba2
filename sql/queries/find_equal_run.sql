-- Which finished run before this one asked the same of the same input?
SELECT earlier.run_id, earlier.code_version, earlier.rule_book_version
FROM analysis_runs AS earlier
JOIN analysis_runs AS this USING (kind, config_hash, input_fingerprint)
WHERE this.run_id = $1 AND earlier.run_id < this.run_id AND earlier.state = 'finished'
ORDER BY earlier.run_id DESC
LIMIT 1
