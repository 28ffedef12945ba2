-- Has this very content been loaded as the same kind of data under another path? Journals are compressed and
-- moved after a day.
SELECT file_id, path FROM ingest_files
WHERE sha256 = $1 AND state = 'loaded' AND file_id <> $2
  AND dataset = (SELECT dataset FROM ingest_files WHERE file_id = $2)
ORDER BY file_id LIMIT 1
