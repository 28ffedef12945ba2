-- No row of the table is left to copy.
UPDATE phase13.upgrade_progress SET state = 'copied', changed_at = now() WHERE table_name = $1 AND state = 'waiting'
