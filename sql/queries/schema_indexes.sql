-- Which indexes do they have? Those of partitions are left out: they follow the parent's, or maintenance moves them.
SELECT
  t.relname AS relation,
  i.relname AS name,
  pg_get_indexdef(i.oid) AS definition,
  coalesce(obj_description(i.oid, 'pg_class'), '') AS comment
FROM pg_index x
JOIN pg_class i ON i.oid = x.indexrelid
JOIN pg_class t ON t.oid = x.indrelid
WHERE t.relnamespace = 'public'::regnamespace AND NOT t.relispartition AND t.relkind <> 't'
ORDER BY t.relname COLLATE "C", i.relname COLLATE "C"
