-- The same rows as copy_gaps.sql, into the staging table.
COPY staged_gaps (
  gap_start_ts, gap_end_ts, gap_seconds, scope, symbol, reason, session_id, ingest_file_id
) FROM STDIN (FORMAT binary)
