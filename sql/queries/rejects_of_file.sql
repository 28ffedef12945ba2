-- Which lines of file $1 could not be used, after the key ($2, $3), at most $4 of them (NULL: all)?
SELECT reject_id, path, line, code, field, reason, raw_text, raw_bytes, rejected_at
FROM ingest_rejects_readable
WHERE path = $1 AND (coalesce(line, 0), reject_id) > ($2::bigint, $3::bigint)
ORDER BY coalesce(line, 0), reject_id
LIMIT $4
