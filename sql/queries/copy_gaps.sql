-- Gap ledger rows straight into the table; the optimistic path. Columns in the order of writeGapRow.
COPY scalp_gaps (
  gap_start_ts, gap_end_ts, gap_seconds, scope, symbol, reason, session_id, ingest_file_id
) FROM STDIN (FORMAT binary)
