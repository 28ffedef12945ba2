-- May the file $1 be read as $2 by the column map $3? Yes, and that is noted, unless rows of it were read another way.
UPDATE ingest_files SET dataset = $2, column_map = $3::jsonb
WHERE file_id = $1 AND (checkpoint_bytes = 0 OR (dataset = $2 AND column_map = $3::jsonb))
RETURNING file_id
