-- For which files does the ledger count other rejects, or other conflicts, than ingest_rejects holds?
WITH held AS (
  SELECT file_id, count(*) AS rejects, count(*) FILTER (WHERE code = 'C-001') AS conflicts
  FROM ingest_rejects
  WHERE file_id IS NOT NULL
  GROUP BY file_id
)
SELECT count(*) OVER () AS defects, f.file_id, f.path, f.rejects AS counted, coalesce(h.rejects, 0) AS held,
  f.conflicts AS conflicts_counted, coalesce(h.conflicts, 0) AS conflicts_held
FROM ingest_files f
LEFT JOIN held h USING (file_id)
WHERE f.state = 'loaded' AND (f.rejects <> coalesce(h.rejects, 0) OR f.conflicts <> coalesce(h.conflicts, 0))
ORDER BY f.file_id
LIMIT 20
