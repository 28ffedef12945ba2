-- Which loaded files do not account for every line: rows + duplicates + updates + rejects + empty lines?
SELECT count(*) OVER () AS defects, file_id, path, lines,
  rows + duplicates + updated + rejects + coalesce((warnings ->> 'emptyLine')::bigint, 0) AS accounted_for
FROM ingest_files
WHERE state = 'loaded' AND dataset IN ('scalp', 'swing', 'gap')
  AND lines <> rows + duplicates + updated + rejects + coalesce((warnings ->> 'emptyLine')::bigint, 0)
ORDER BY file_id
LIMIT 20
