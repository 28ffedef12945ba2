-- The whole file has been read: its hash, its counts, its span.
UPDATE ingest_files
SET state = 'loaded', sha256 = $2, bytes = $3, lines = $4, warnings = $5, gate_codes = $6,
  first_event_time = $7, last_event_time = $8, finished_at = now()
WHERE file_id = $1
