-- Which 10-minute bars of the Korean date $1, that spans [$2, $3), do the symbols $4 lack that have any bar of that
-- day's grid? Missing neighbours are one gap. A bar that has not ended yet is not missing;
-- symbols that are not of the shape of Korean ones keep other hours.
-- Cost: one key lookup for each bar of the grid (39 a symbol-day).
INSERT INTO found_gaps (scope, symbol, gap_start_ts, gap_end_ts, session_id)
WITH grid AS (
  SELECT slot.slot_no, slot.bar_time, least(slot.bar_time + interval '10 minutes', day.close_time) AS bar_end
  FROM market_sessions day
  CROSS JOIN LATERAL generate_series(
    date_bin('1 minute', day.open_time, '2000-01-01 00:00+00'), day.close_time - interval '1 microsecond',
    interval '10 minutes'
  ) WITH ORDINALITY AS slot (bar_time, slot_no)
  WHERE day.venue = 'KRX' AND day.trade_date = $1::date
), present AS (
  SELECT bar.symbol, mode() WITHIN GROUP (ORDER BY bar.session_id) AS session_id
  FROM swing_bars_10m bar
  JOIN grid USING (bar_time)
  WHERE bar.symbol = ANY ($4::text[]) AND bar.symbol ~ '^[0-9A-Z]{6}$' AND bar.bar_time >= $2::timestamptz AND bar.bar_time < $3::timestamptz
  GROUP BY bar.symbol
), missing AS (
  SELECT present.symbol, present.session_id, grid.bar_time, grid.bar_end,
    grid.slot_no - row_number() OVER (PARTITION BY present.symbol ORDER BY grid.slot_no) AS run
  FROM present
  CROSS JOIN grid
  WHERE grid.bar_end <= now()
    AND NOT EXISTS (
      SELECT FROM swing_bars_10m bar WHERE bar.symbol = present.symbol AND bar.bar_time = grid.bar_time
    )
)
SELECT 'swing', symbol, min(bar_time), max(bar_end), session_id
FROM missing
GROUP BY symbol, session_id, run
