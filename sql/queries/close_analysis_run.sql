-- A run has ended: finished with the fingerprint of its input, or interrupted or failed with the reason.
UPDATE analysis_runs SET state = $2, input_fingerprint = $3, error = $4, finished_at = now() WHERE run_id = $1
