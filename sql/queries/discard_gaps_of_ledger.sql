-- Which found gaps does a ledger account for, by at least four fifths of their length? Those are dropped: the ledger
-- knows the reason, the data only the hole.
DELETE FROM found_gaps found
WHERE (
  SELECT sum(upper(known) - lower(known))
  FROM unnest((
    SELECT range_agg(
      tstzrange(ledger.gap_start_ts, ledger.gap_end_ts) * tstzrange(found.gap_start_ts, found.gap_end_ts))
    FROM scalp_gaps ledger
    WHERE ledger.gap_start_ts < found.gap_end_ts AND ledger.gap_end_ts > found.gap_start_ts
      AND (ledger.scope = found.scope OR ledger.scope = 'all')
      AND (ledger.symbol = found.symbol OR ledger.symbol IS NULL)
      AND NOT (ledger.reason = 'back_fill_hole' AND coalesce(ledger.metadata ? 'derived_from', FALSE))
  )) AS known
) >= 0.8 * (found.gap_end_ts - found.gap_start_ts)
