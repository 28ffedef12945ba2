-- Which files does the ledger know after path $1, at most $2 of them (NULL: all)?
SELECT file_id, path, dataset, state, sha256, bytes, lines, rows, duplicates, updated, conflicts, rejects,
  first_event_time, last_event_time, started_at, finished_at, error
FROM ingest_files
WHERE path > $1
ORDER BY path
LIMIT $2
