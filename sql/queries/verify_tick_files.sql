-- Which files have another number of ticks in the table than the ledger says were loaded? Ticks are never replaced, so
-- the numbers are equal. Files of months that an archive holds instead are left out. Cost: one pass over all ticks.
WITH held AS (
  SELECT ingest_file_id AS file_id, count(*) AS rows
  FROM scalp_ticks
  WHERE ingest_file_id IS NOT NULL
  GROUP BY ingest_file_id
), ledger AS (
  SELECT f.file_id, f.path, f.state, f.rows
  FROM ingest_files f
  WHERE f.dataset = 'scalp'
    AND NOT EXISTS (
      SELECT FROM archive_manifest a
      WHERE a.table_name = 'scalp_ticks' AND a.dropped_at IS NOT NULL AND a.restored_at IS NULL
        AND a.partition_name BETWEEN
          'scalp_ticks_' || to_char(f.first_event_time AT TIME ZONE 'Asia/Seoul', 'YYYYMM')
          AND 'scalp_ticks_' || to_char(f.last_event_time AT TIME ZONE 'Asia/Seoul', 'YYYYMM'))
)
SELECT count(*) OVER () AS defects, file_id, l.path, coalesce(l.state, 'not in the ledger') AS state,
  coalesce(l.rows, 0) AS rows_loaded, coalesce(h.rows, 0) AS rows_present
FROM ledger l
FULL JOIN held h USING (file_id)
WHERE coalesce(l.rows, 0) <> coalesce(h.rows, 0)
  AND (l.file_id IS NOT NULL OR NOT EXISTS (SELECT FROM ingest_files f WHERE f.file_id = h.file_id AND f.dataset = 'scalp'))
ORDER BY file_id
LIMIT 20
