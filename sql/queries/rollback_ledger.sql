-- The file $1 is as if it had never been loaded; the span of its records, dates $2 to $3, is kept until what depended on
-- them is done again (rollback_settled.sql).
WITH forgotten AS (
  DELETE FROM ingest_rejects WHERE file_id = $1::integer
)
UPDATE ingest_files
SET state = 'pending', sha256 = NULL, lines = NULL, rows = 0, duplicates = 0, updated = 0, conflicts = 0, rejects = 0,
  warnings = '{}', gate_codes = '{}', checkpoint_bytes = 0, checkpoint_lines = 0, checkpoint_sha256 = NULL,
  first_event_time = $2::date::timestamp AT TIME ZONE 'Asia/Seoul',
  last_event_time = $3::date::timestamp AT TIME ZONE 'Asia/Seoul',
  derived_at = NULL, error = NULL, started_at = NULL, finished_at = NULL
WHERE file_id = $1::integer
