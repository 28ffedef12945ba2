-- Has this very content been loaded as the same kind of data, read the same way, under another path? Journals are
-- compressed and moved after a day.
SELECT other.file_id, other.path
FROM ingest_files file
JOIN ingest_files other ON other.file_id <> file.file_id AND other.dataset = file.dataset
  AND other.column_map IS NOT DISTINCT FROM file.column_map
WHERE file.file_id = $2 AND other.sha256 = $1 AND other.state = 'loaded'
ORDER BY other.file_id
LIMIT 1
