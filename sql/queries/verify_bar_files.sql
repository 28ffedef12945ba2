-- Which files of bars and gaps have fewer rows in their table than were loaded and can have been replaced since, or more
-- than were ever written? A bar carries the file that wrote it last; every replacement by a file is counted there as an
-- update, and a bar without a file was collected live. Cost: one pass over each table.
WITH held AS (
  SELECT 'swing' AS kind, ingest_file_id AS file_id, count(*) AS rows
  FROM swing_bars_10m WHERE ingest_file_id IS NOT NULL GROUP BY ingest_file_id
  UNION ALL
  SELECT 'minute', ingest_file_id, count(*)
  FROM scalp_1m_bars WHERE ingest_file_id IS NOT NULL GROUP BY ingest_file_id
  UNION ALL
  SELECT 'daily', ingest_file_id, count(*)
  FROM eod_prices WHERE ingest_file_id IS NOT NULL GROUP BY ingest_file_id
  UNION ALL
  SELECT 'gap', ingest_file_id, count(*)
  FROM scalp_gaps WHERE ingest_file_id IS NOT NULL GROUP BY ingest_file_id
), ledger AS (
  SELECT file_id, path, state, rows, updated, first_event_time, last_event_time,
    CASE dataset WHEN 'swing' THEN 'swing' WHEN 'bars_10m' THEN 'swing' WHEN 'bars_1m' THEN 'minute'
      WHEN 'daily' THEN 'daily' WHEN 'gap' THEN 'gap' END AS kind
  FROM ingest_files
  WHERE dataset <> 'scalp'
), bounded AS (
  SELECT l.file_id, l.kind, l.path, l.state, l.rows, l.rows + CASE l.kind WHEN 'gap' THEN 0 ELSE l.updated END AS at_most,
    CASE WHEN l.state = 'loaded' THEN l.rows ELSE 0 END - CASE WHEN l.kind = 'gap' THEN 0 ELSE (
      SELECT sum(o.updated) FROM ledger o
      WHERE o.kind = l.kind AND (o.file_id = l.file_id OR o.first_event_time <= l.last_event_time
        AND o.last_event_time >= l.first_event_time)
    ) END - CASE l.kind
      WHEN 'swing' THEN (
        SELECT count(*) FROM swing_bars_10m b
        WHERE b.ingest_file_id IS NULL AND b.bar_time BETWEEN l.first_event_time AND l.last_event_time)
      WHEN 'minute' THEN (
        SELECT count(*) FROM scalp_1m_bars b
        WHERE b.ingest_file_id IS NULL AND b.bar_time BETWEEN l.first_event_time AND l.last_event_time)
      ELSE 0
    END AS at_least
  FROM ledger l
)
SELECT count(*) OVER () AS defects, coalesce(b.file_id, h.file_id) AS file_id, coalesce(b.kind, h.kind) AS kind, b.path,
  coalesce(b.state, 'not in the ledger') AS state, coalesce(b.rows, 0) AS rows_loaded, coalesce(h.rows, 0) AS rows_present
FROM bounded b
FULL JOIN held h ON h.file_id = b.file_id AND h.kind = b.kind
WHERE coalesce(h.rows, 0) < coalesce(b.at_least, 0) OR coalesce(h.rows, 0) > coalesce(b.at_most, 0)
ORDER BY 2, 3
LIMIT 20
