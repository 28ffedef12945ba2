-- Which file is this, by its number $1 or its path $2?
SELECT file_id, path, dataset, state, rows, rejects, updated, first_event_time, last_event_time
FROM ingest_files
WHERE file_id = $1::integer OR path = $2
