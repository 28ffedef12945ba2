-- Which views of the user's read the legacy tables, and will go on reading them where they are moved to?
-- $1: names of tables in public. Catalogs only.
SELECT DISTINCT v.oid::REGCLASS::TEXT AS name
FROM pg_depend d
JOIN pg_rewrite r ON r.oid = d.objid
JOIN pg_class v ON v.oid = r.ev_class
JOIN pg_class t ON t.oid = d.refobjid AND t.relnamespace = 'public'::REGNAMESPACE AND t.relname = ANY ($1::TEXT[])
WHERE d.classid = 'pg_rewrite'::REGCLASS AND d.refclassid = 'pg_class'::REGCLASS
  AND v.oid <> t.oid AND v.oid IS DISTINCT FROM to_regclass('public.portfolio_positions_summary')
ORDER BY 1
