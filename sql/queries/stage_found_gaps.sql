-- A place for the gaps that the data of some symbol-days show. `resumed_at` and `resumed_seq` name the first tick after.
CREATE TEMPORARY TABLE found_gaps (
  scope VARCHAR(20) NOT NULL,
  symbol VARCHAR(20) NOT NULL,
  gap_start_ts TIMESTAMPTZ NOT NULL,
  gap_end_ts TIMESTAMPTZ NOT NULL,
  session_id VARCHAR(50) NOT NULL,
  resumed_at TIMESTAMPTZ,
  resumed_seq SMALLINT
) ON COMMIT DROP
