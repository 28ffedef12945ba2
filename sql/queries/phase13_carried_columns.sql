-- Which columns have the legacy tables that today's tables do not? $1: the schema they are in now, $2: their names.
-- Catalogs only. id of scalp_ticks decides the order of equal instants and is itself not carried.
SELECT l.relname || '.' || a.attname AS name
FROM pg_class l
JOIN pg_namespace n ON n.oid = l.relnamespace
JOIN pg_attribute a ON a.attrelid = l.oid AND a.attnum > 0 AND NOT a.attisdropped
WHERE n.nspname = $1 AND l.relname = ANY ($2::TEXT[])
  AND NOT (l.relname || '.' || a.attname = ANY ($3::TEXT[]))
ORDER BY 1
