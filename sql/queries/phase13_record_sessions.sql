-- When did the legacy collector sessions record? Ticks of a session are found by this span. Reads the copied ticks and
-- bars once. A session of both tracks has no track.
INSERT INTO public.collector_sessions AS known (session_id, track, first_event_time, last_event_time)
SELECT session_id, CASE WHEN min(track) = max(track) THEN min(track) END, min(first_time), max(last_time)
FROM (
  SELECT session_id, 'scalp' AS track, min(event_time) AS first_time, max(event_time) AS last_time
  FROM public.scalp_ticks GROUP BY session_id
  UNION ALL
  SELECT session_id, 'scalp', min(bar_time), max(bar_time) FROM public.scalp_1m_bars GROUP BY session_id
  UNION ALL
  SELECT session_id, 'swing', min(bar_time), max(bar_time) FROM public.swing_bars_10m GROUP BY session_id
) AS span
GROUP BY session_id
ON CONFLICT (session_id) DO NOTHING
