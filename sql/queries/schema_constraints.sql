-- Which checks and references hold? Keys are among the indexes, NOT NULL among the columns. Catalogs only.
SELECT
  t.relname AS relation,
  k.conname AS name,
  pg_get_constraintdef(k.oid) AS definition
FROM pg_constraint k
JOIN pg_class t ON t.oid = k.conrelid
WHERE t.relnamespace = 'public'::regnamespace AND NOT t.relispartition AND k.contype IN ('c', 'f')
ORDER BY t.relname COLLATE "C", k.conname COLLATE "C"
