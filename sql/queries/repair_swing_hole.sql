-- Records that the 10-minute bars of symbol $1 (NULL: of all) from $2 to $3 are missing. The metadata tell these rows from
-- those derived from bars, which deriving keeps up by itself.
INSERT INTO scalp_gaps (gap_start_ts, gap_end_ts, gap_seconds, scope, symbol, reason, session_id, metadata)
SELECT $2::timestamptz, $3::timestamptz, round(extract(epoch FROM $3::timestamptz - $2::timestamptz))::integer,
  'swing', $1::text, 'back_fill_hole', 'repair', '{"recorded_by": "observer repair"}'
ON CONFLICT (scope, symbol, gap_start_ts, session_id) DO NOTHING
