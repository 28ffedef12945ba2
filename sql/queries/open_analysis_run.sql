-- A run begins; it stands in the ledger from now on, however it ends.
INSERT INTO analysis_runs (kind, config, config_hash, code_version, rule_book_version)
VALUES ($1, $2::jsonb, $3, $4, $5)
RETURNING run_id
