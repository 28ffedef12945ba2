-- Writes down a batch, in its transaction. $1 table, $2 key of its last row, $3 to $6 rows read, copied, repeated and
-- refused, $7 what was changed and in how many rows.
UPDATE phase13.upgrade_progress p
SET last_key = $2,
  rows_read = p.rows_read + $3, rows_copied = p.rows_copied + $4,
  rows_duplicate = p.rows_duplicate + $5, rows_refused = p.rows_refused + $6,
  changes = p.changes || (
    SELECT coalesce(jsonb_object_agg(c.key, c.value::BIGINT + coalesce((p.changes ->> c.key)::BIGINT, 0)), '{}')
    FROM jsonb_each_text($7::JSONB) AS c
  ),
  changed_at = now()
WHERE p.table_name = $1
