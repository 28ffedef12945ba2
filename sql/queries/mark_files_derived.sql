-- The dependent work of the files $1 is done, unless more was loaded from them than the bytes $2 it was done for.
UPDATE ingest_files file
SET derived_at = now()
FROM unnest($1::integer[], $2::bigint[]) AS done (file_id, checkpoint_bytes)
WHERE file.file_id = done.file_id AND file.checkpoint_bytes = done.checkpoint_bytes
  AND file.state = 'loaded' AND file.derived_at IS NULL
