-- Did a live collector run in the $2 days before $1? Sessions found in files have no start.
SELECT EXISTS (
  SELECT FROM collector_sessions
  WHERE started_at <= $1::timestamptz
    AND greatest(started_at, ended_at, last_event_time) >= $1::timestamptz - make_interval(days => $2::integer)
) AS is_collecting
