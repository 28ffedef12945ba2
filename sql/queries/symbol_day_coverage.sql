-- How complete is each symbol on each Korean date from $1 to $2, that is in [$3, $4), of the symbols $5 (NULL: of all that
-- have 1-minute bars then)? Minutes and gaps are counted in the hours that can trade: continuous trading and the print.
-- Cost: reads the bars of the range once; gaps are few.
WITH days AS (
  SELECT trade_date, open_time, continuous_end_time, close_time,
    CASE WHEN close_time > continuous_end_time THEN date_bin('1 minute', close_time, '2000-01-01 00:00+00') END AS print_minute
  FROM market_sessions
  WHERE venue = 'KRX' AND kind <> 'closed' AND trade_date BETWEEN $1::date AND $2::date
), bars AS (
  SELECT bar.symbol, days.trade_date, days.open_time, days.continuous_end_time, days.print_minute,
    count(*)::integer AS minutes_present,
    sum(bar.volume * bar.volume_capture) AS captured_volume,
    sum(bar.volume) FILTER (WHERE bar.volume_capture IS NOT NULL) AS true_volume
  FROM days
  JOIN scalp_1m_bars bar ON bar.bar_time >= date_bin('1 minute', days.open_time, '2000-01-01 00:00+00')
    AND (bar.bar_time < days.continuous_end_time OR bar.bar_time = days.print_minute)
  WHERE bar.bar_time >= $3::timestamptz AND bar.bar_time < $4::timestamptz
    AND ($5::text[] IS NULL OR bar.symbol = ANY ($5::text[]))
  GROUP BY bar.symbol, days.trade_date, days.open_time, days.continuous_end_time, days.print_minute
)
SELECT bars.symbol, bars.trade_date, bars.minutes_present,
  (ceil(extract(epoch FROM bars.continuous_end_time - bars.open_time) / 60)
    + CASE WHEN bars.print_minute IS NULL THEN 0 ELSE 1 END)::integer AS minutes_expected,
  extract(epoch FROM bars.continuous_end_time - bars.open_time)::double precision AS session_seconds,
  coalesce((
    SELECT sum(extract(epoch FROM upper(stretch) - lower(stretch)))
    FROM unnest((
      SELECT range_agg(
        tstzrange(gap.gap_start_ts, gap.gap_end_ts) * tstzrange(bars.open_time, bars.continuous_end_time))
      FROM scalp_gaps gap
      WHERE gap.scope IN ('scalp', 'all') AND (gap.symbol = bars.symbol OR gap.symbol IS NULL)
        AND gap.gap_start_ts < bars.continuous_end_time AND gap.gap_end_ts > bars.open_time
    )) AS stretch
  ), 0)::double precision AS gap_seconds,
  (bars.captured_volume / nullif(bars.true_volume, 0))::double precision AS volume_capture
FROM bars
ORDER BY bars.symbol, bars.trade_date
