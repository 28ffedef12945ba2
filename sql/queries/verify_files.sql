-- Which files were loaded to their end, and how many bytes of content had they?
SELECT file_id, path, bytes, finished_at FROM ingest_files WHERE state = 'loaded' ORDER BY file_id
