-- A file that was not loaded, and why: skipped (known content), changed, failed.
UPDATE ingest_files SET state = $2, error = $3, finished_at = now() WHERE file_id = $1
