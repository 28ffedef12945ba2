-- Which triggers fire? Catalogs only.
SELECT
  t.relname AS relation,
  g.tgname AS name,
  pg_get_triggerdef(g.oid) AS definition
FROM pg_trigger g
JOIN pg_class t ON t.oid = g.tgrelid
WHERE t.relnamespace = 'public'::regnamespace AND NOT t.relispartition AND NOT g.tgisinternal
ORDER BY t.relname COLLATE "C", g.tgname COLLATE "C"
