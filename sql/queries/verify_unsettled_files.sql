-- Which files are not loaded to their end, or still owe what depends on them?
SELECT count(*) OVER () AS defects, file_id, path,
  CASE WHEN state = 'loaded' THEN 'loaded, bars and gaps are due' ELSE state END AS state, error, started_at
FROM ingest_files
WHERE state IN ('loading', 'failed', 'changed') OR state = 'loaded' AND derived_at IS NULL
ORDER BY file_id
LIMIT 20
