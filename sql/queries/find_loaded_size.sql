-- Is there a loaded file of this size at all? Only then is it worth hashing a new one before loading it.
SELECT 1 FROM ingest_files WHERE state = 'loaded' AND bytes = $1 AND file_id <> $2 LIMIT 1
