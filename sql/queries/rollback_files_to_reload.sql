-- Which other loaded files of the kind $2 that overlap [$3, $4] may have held what file $1 brought: the earlier version of
-- a bar it replaced ($5: it replaced some), or a record that was left out because this file's was there first?
SELECT o.file_id, o.path
FROM ingest_files o
WHERE o.file_id <> $1::integer AND o.dataset = $2 AND o.state = 'loaded'
  AND o.first_event_time <= $4::timestamptz AND o.last_event_time >= $3::timestamptz
  AND ($5::boolean OR o.duplicates > 0 OR o.conflicts > 0)
ORDER BY o.file_id
