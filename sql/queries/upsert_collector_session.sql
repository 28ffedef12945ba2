-- When did a session record? Its ticks are found by this span (scalp_ticks has no index by session), so it is
-- widened in the transaction of the rows.
INSERT INTO collector_sessions AS known (session_id, track, first_event_time, last_event_time)
VALUES ($1, $2, $3, $4)
ON CONFLICT (session_id) DO UPDATE SET
  first_event_time = least(known.first_event_time, excluded.first_event_time),
  last_event_time = greatest(known.last_event_time, excluded.last_event_time)
WHERE (least(known.first_event_time, excluded.first_event_time), greatest(known.last_event_time, excluded.last_event_time))
  IS DISTINCT FROM (known.first_event_time, known.last_event_time)
