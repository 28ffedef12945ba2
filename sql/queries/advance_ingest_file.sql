-- A chunk's place in the file, in the transaction of its rows. Updates nothing when the place is already
-- behind the file's checkpoint: the answer to that COMMIT had been lost.
UPDATE ingest_files
SET checkpoint_bytes = $3, checkpoint_lines = $4, checkpoint_sha256 = $5,
  rows = rows + $6, duplicates = duplicates + $7, updated = updated + $8, conflicts = conflicts + $9,
  rejects = rejects + $10, derived_at = NULL
WHERE file_id = $1 AND checkpoint_bytes = $2
