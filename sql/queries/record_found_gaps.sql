-- Which found gaps, all in [$1, $2), are not recorded yet? Records them and marks the first tick after each. The row keeps
-- the tick's earlier verdict, so that it can be given back when late data fill the hole.
WITH recorded AS (
  INSERT INTO scalp_gaps (gap_start_ts, gap_end_ts, gap_seconds, scope, symbol, reason, session_id, metadata)
  SELECT found.gap_start_ts, found.gap_end_ts,
    round(extract(epoch FROM found.gap_end_ts - found.gap_start_ts))::integer,
    found.scope, found.symbol, 'back_fill_hole', found.session_id,
    CASE WHEN found.resumed_at IS NULL THEN jsonb_build_object('derived_from', 'bars')
    ELSE jsonb_build_object(
      'derived_from', 'ticks', 'resumed_at', found.resumed_at, 'resumed_seq', found.resumed_seq,
      'flag_before', tick.quality_flag) END
  FROM found_gaps found
  LEFT JOIN scalp_ticks tick ON tick.symbol = found.symbol
    AND tick.event_time = found.resumed_at AND tick.seq = found.resumed_seq
    AND tick.event_time >= $1::timestamptz AND tick.event_time < $2::timestamptz
  ON CONFLICT (scope, symbol, gap_start_ts, session_id) DO NOTHING
  RETURNING symbol, metadata
), marked AS (
  UPDATE scalp_ticks tick
  SET quality_flag = 'gap'
  FROM recorded
  WHERE tick.symbol = recorded.symbol
    AND tick.event_time = (recorded.metadata ->> 'resumed_at')::timestamptz
    AND tick.seq = (recorded.metadata ->> 'resumed_seq')::smallint
    AND tick.event_time >= $1::timestamptz AND tick.event_time < $2::timestamptz
    AND tick.quality_flag <> 'gap'
  RETURNING 1
)
SELECT (SELECT count(*) FROM recorded)::integer AS recorded, (SELECT count(*) FROM marked)::integer AS marked
