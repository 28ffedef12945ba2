-- Where were the symbols $4 silent for more than $5 seconds within continuous trading of the Korean date $1, that spans
-- [$2, $3)? Silence proves nothing where ticks come only with trades: of a symbol-day whose ticks are mostly further
-- apart than 1 s, no gap is taken. Nor of the time before its first and after its last tick: slots change hands.
-- Cost: one pass over the symbols' ticks of the day in the order of the primary key, about 0.5 µs a tick.
INSERT INTO found_gaps (scope, symbol, gap_start_ts, gap_end_ts, session_id, resumed_at, resumed_seq)
SELECT 'scalp', wanted.symbol, greatest(hole.last_before, day.open_time), least(hole.resumed_at, day.continuous_end_time),
  before.session_id, hole.resumed_at, after.seq
FROM market_sessions day
CROSS JOIN unnest($4::text[]) AS wanted (symbol)
CROSS JOIN LATERAL (
  SELECT
    2 * count(*) FILTER (WHERE spacing.resumed_at - spacing.last_before <= interval '1 second') >= count(*) AS is_sampled,
    array_agg(spacing.last_before) FILTER (WHERE spacing.is_hole) AS last_before,
    array_agg(spacing.resumed_at) FILTER (WHERE spacing.is_hole) AS resumed_at
  FROM (
    SELECT tick.last_before, tick.event_time AS resumed_at,
      least(tick.event_time, day.continuous_end_time) - greatest(tick.last_before, day.open_time)
        > make_interval(secs => $5::double precision) AS is_hole
    FROM (
      SELECT event_time, lag(event_time) OVER (ORDER BY event_time, seq) AS last_before
      FROM scalp_ticks
      WHERE symbol = wanted.symbol AND event_time >= $2::timestamptz AND event_time < $3::timestamptz
    ) tick
    WHERE tick.last_before < day.continuous_end_time AND tick.event_time > day.open_time
  ) spacing
) rhythm
CROSS JOIN LATERAL unnest(rhythm.last_before, rhythm.resumed_at) AS hole (last_before, resumed_at)
CROSS JOIN LATERAL (
  SELECT session_id FROM scalp_ticks
  WHERE symbol = wanted.symbol AND event_time = hole.last_before
    AND event_time >= $2::timestamptz AND event_time < $3::timestamptz
  ORDER BY seq DESC LIMIT 1
) before
CROSS JOIN LATERAL (
  SELECT seq FROM scalp_ticks
  WHERE symbol = wanted.symbol AND event_time = hole.resumed_at
    AND event_time >= $2::timestamptz AND event_time < $3::timestamptz
  ORDER BY seq LIMIT 1
) after
WHERE day.venue = 'KRX' AND day.trade_date = $1::date AND rhythm.is_sampled
  -- Symbols that are not of the shape of Korean ones keep other hours.
  AND wanted.symbol ~ '^[0-9A-Z]{6}$'
