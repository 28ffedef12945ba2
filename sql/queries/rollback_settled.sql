-- What depended on the rows of file $1 has been done again without them.
UPDATE ingest_files SET first_event_time = NULL, last_event_time = NULL WHERE file_id = $1::integer AND state = 'pending'
