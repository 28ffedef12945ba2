-- Which holes found in the data overlap a gap that the ledger files $1 brought? By scope, symbol and Korean date.
SELECT DISTINCT hole.scope, hole.symbol, (hole.gap_start_ts AT TIME ZONE 'Asia/Seoul')::date AS trade_date
FROM scalp_gaps ledger
JOIN scalp_gaps hole ON hole.gap_start_ts < ledger.gap_end_ts AND hole.gap_end_ts > ledger.gap_start_ts
  AND (ledger.scope = hole.scope OR ledger.scope = 'all')
  AND (ledger.symbol = hole.symbol OR ledger.symbol IS NULL)
WHERE ledger.ingest_file_id = ANY ($1::integer[])
  AND hole.reason = 'back_fill_hole' AND hole.metadata ? 'derived_from'
