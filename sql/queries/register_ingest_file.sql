-- Which file is this in the ledger? A path seen for the first time gets the next number; what is known of it stays.
WITH known AS (
  SELECT file_id FROM ingest_files WHERE path = $1
), added AS (
  INSERT INTO ingest_files (path, dataset, bytes, state)
  SELECT $1, $2, $3, 'pending' WHERE NOT EXISTS (SELECT 1 FROM known)
  RETURNING file_id, path, dataset, state, sha256, checkpoint_bytes, checkpoint_lines, checkpoint_sha256,
    rows, duplicates, updated, conflicts, rejects, derived_at
)
SELECT file_id, path, dataset, state, sha256, checkpoint_bytes, checkpoint_lines, checkpoint_sha256,
  rows, duplicates, updated, conflicts, rejects, derived_at IS NOT NULL AS derived
FROM (
  SELECT file_id, path, dataset, state, sha256, checkpoint_bytes, checkpoint_lines, checkpoint_sha256,
    rows, duplicates, updated, conflicts, rejects, derived_at
  FROM ingest_files WHERE file_id = (SELECT file_id FROM known)
  UNION ALL
  SELECT file_id, path, dataset, state, sha256, checkpoint_bytes, checkpoint_lines, checkpoint_sha256,
    rows, duplicates, updated, conflicts, rejects, derived_at
  FROM added
) AS file
