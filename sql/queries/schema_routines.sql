-- Which functions and procedures are there? `body_sha256` tells a changed one; extensions' own are left out.
SELECT
  p.oid::regprocedure::text AS signature,
  coalesce(pg_get_function_result(p.oid), '') AS returns,
  coalesce(obj_description(p.oid, 'pg_proc'), '') AS comment,
  encode(sha256(convert_to(p.prosrc, 'UTF8')), 'hex') AS body_sha256
FROM pg_proc p
WHERE p.pronamespace = 'public'::regnamespace
  AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.classid = 'pg_proc'::regclass AND d.deptype = 'e')
ORDER BY p.oid::regprocedure::text COLLATE "C"
