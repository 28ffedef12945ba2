-- When did a session record? Its ticks are found by this span (scalp_ticks has no index by session).
INSERT INTO collector_sessions AS known (session_id, track, broker, started_at, ended_at)
VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (session_id) DO UPDATE SET
  started_at = least(known.started_at, excluded.started_at),
  ended_at = greatest(known.ended_at, excluded.ended_at)
WHERE (least(known.started_at, excluded.started_at), greatest(known.ended_at, excluded.ended_at))
  IS DISTINCT FROM (known.started_at, known.ended_at)
