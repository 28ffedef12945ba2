-- Gives the gap rows that touch [$2, $3) and the symbols $1 the length that lies between their ends, and closes those left
-- open by a session that has ended. Returns how many were changed.
WITH mended AS (
  UPDATE scalp_gaps g
  SET gap_seconds = round(extract(epoch FROM g.gap_end_ts - g.gap_start_ts))::integer,
    is_open = g.is_open AND NOT EXISTS (
      SELECT FROM collector_sessions s WHERE s.session_id = g.session_id AND s.ended_at IS NOT NULL)
  WHERE ($1::text[] IS NULL OR g.symbol IS NULL OR g.symbol = ANY ($1::text[]))
    AND g.gap_end_ts >= coalesce($2::timestamptz, '-infinity') AND g.gap_start_ts < coalesce($3::timestamptz, 'infinity')
    AND g.gap_end_ts >= g.gap_start_ts
    AND (
      abs(g.gap_seconds - extract(epoch FROM g.gap_end_ts - g.gap_start_ts)) >= 1
      OR g.is_open AND EXISTS (
        SELECT FROM collector_sessions s WHERE s.session_id = g.session_id AND s.ended_at IS NOT NULL)
    )
  RETURNING 1
)
SELECT count(*)::integer AS changed FROM mended
