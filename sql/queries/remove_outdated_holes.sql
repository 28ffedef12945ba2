-- Which recorded holes of the symbols $4 in [$2, $3), of scope $1, do the data no longer show? Removes them, and gives the
-- tick that was marked as first after the hole the verdict it had before.
WITH removed AS (
  DELETE FROM scalp_gaps hole
  WHERE hole.scope = $1 AND hole.symbol = ANY ($4::text[])
    AND hole.gap_start_ts >= $2::timestamptz AND hole.gap_start_ts < $3::timestamptz
    AND hole.reason = 'back_fill_hole' AND hole.metadata ? 'derived_from'
    AND NOT EXISTS (
      SELECT FROM found_gaps found
      WHERE found.scope = hole.scope AND found.symbol = hole.symbol
        AND found.gap_start_ts = hole.gap_start_ts AND found.gap_end_ts = hole.gap_end_ts
        AND found.session_id = hole.session_id
        AND found.resumed_at IS NOT DISTINCT FROM (hole.metadata ->> 'resumed_at')::timestamptz
        AND found.resumed_seq IS NOT DISTINCT FROM (hole.metadata ->> 'resumed_seq')::smallint
    )
  RETURNING symbol, metadata
), restored AS (
  UPDATE scalp_ticks tick
  SET quality_flag = removed.metadata ->> 'flag_before'
  FROM removed
  WHERE tick.symbol = removed.symbol
    AND tick.event_time = (removed.metadata ->> 'resumed_at')::timestamptz
    AND tick.seq = (removed.metadata ->> 'resumed_seq')::smallint
    AND tick.event_time >= $2::timestamptz AND tick.event_time < $3::timestamptz
    AND tick.quality_flag = 'gap' AND removed.metadata ->> 'flag_before' <> 'gap'
  RETURNING 1
)
SELECT (SELECT count(*) FROM removed)::integer AS removed, (SELECT count(*) FROM restored)::integer AS restored
