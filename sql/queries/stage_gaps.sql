-- A place for a chunk of gaps that met a known key. `ordinal` numbers the rows as they arrive.
CREATE TEMPORARY TABLE staged_gaps ON COMMIT DROP AS
SELECT
  gap_start_ts, gap_end_ts, gap_seconds, scope, symbol, reason, session_id, ingest_file_id
FROM scalp_gaps WITH NO DATA;
ALTER TABLE staged_gaps ADD COLUMN ordinal BIGINT GENERATED ALWAYS AS IDENTITY
