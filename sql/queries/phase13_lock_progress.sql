-- Where does the next batch of a table begin? Locks the row, so that the batch and its account are one.
SELECT state, last_key FROM phase13.upgrade_progress WHERE table_name = $1 FOR UPDATE
