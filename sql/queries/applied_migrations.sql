-- Which migrations were applied, in the order they were? A few rows.
SELECT name FROM public.migration_log ORDER BY run_on, id
