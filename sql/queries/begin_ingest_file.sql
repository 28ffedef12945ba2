-- The load of a file begins, or goes on from its checkpoint. Rejects beyond the checkpoint (a torn last line
-- that may be whole by now) are judged anew.
WITH cleared AS (
  DELETE FROM ingest_rejects
  WHERE file_id = $1 AND line > (SELECT checkpoint_lines FROM ingest_files WHERE file_id = $1)
  RETURNING 1
)
UPDATE ingest_files
SET state = 'loading', started_at = coalesce(started_at, now()), finished_at = NULL, error = NULL,
  rejects = rejects - (SELECT count(*) FROM cleared)
WHERE file_id = $1
