-- Which loaded files still have dependent work (bars, coverage, gaps) due?
-- Cost: idx_ingest_files_underived holds just these.
SELECT file_id, dataset, first_event_time, last_event_time, checkpoint_bytes
FROM ingest_files
WHERE state = 'loaded' AND derived_at IS NULL
ORDER BY first_event_time, file_id
