-- Is a table the same? Every part is equal, the parts make up all rows that were copied, and the rows that were copied,
-- repeated or refused make up the legacy table. $1 table, $2 rows of the legacy table, $3 rows of the table in public.
UPDATE phase13.upgrade_progress p
SET changed_at = now(), state = CASE
  WHEN compared.all_equal AND compared.rows = p.rows_copied AND p.rows_copied = $3::BIGINT
    AND p.rows_copied + p.rows_duplicate + p.rows_refused = p.rows_read AND p.rows_read = $2::BIGINT
  THEN 'equal' ELSE 'unequal' END
FROM (
  SELECT coalesce(bool_and(is_equal), TRUE) AS all_equal, coalesce(sum(legacy_rows), 0) AS rows
  FROM phase13.upgrade_comparison WHERE table_name = $1
) AS compared
WHERE p.table_name = $1
RETURNING p.state
