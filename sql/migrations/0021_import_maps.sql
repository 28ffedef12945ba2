-- why:   the same CSV file read by another column map gives other rows; the ledger must know which map it was, or a
--        corrected map would be answered with "already loaded"
-- locks: ACCESS EXCLUSIVE on ingest_files, for a moment (a column without a default)

-- Up Migration

ALTER TABLE ingest_files ADD COLUMN column_map JSONB;
COMMENT ON COLUMN ingest_files.column_map IS 'Column map a CSV file was read by, without its name; NULL for JSONL.';

-- Down Migration

ALTER TABLE ingest_files DROP COLUMN column_map;
