-- From when to when do these files hold records?
SELECT min(first_event_time) AS first_time, max(last_event_time) AS last_time
FROM ingest_files WHERE file_id = ANY($1::integer[])
