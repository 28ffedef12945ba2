-- How far has the upgrade come, table by table, in the order of copying? Twelve rows.
SELECT p.table_name, p.state, p.rows_read, p.rows_copied, p.rows_duplicate, p.rows_refused, p.changes,
  count(c.part)::INTEGER AS parts, coalesce(sum(c.legacy_hash), 0)::TEXT AS legacy_hash,
  coalesce(sum(c.public_hash), 0)::TEXT AS public_hash
FROM phase13.upgrade_progress p
LEFT JOIN phase13.upgrade_comparison c USING (table_name)
GROUP BY p.table_name
ORDER BY p.position
