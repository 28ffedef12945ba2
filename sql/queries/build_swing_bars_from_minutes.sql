-- What are the 10-minute bars of the Korean date $1, that spans [$2, $3), built from 1-minute bars, of the symbols $4 (NULL:
-- of all)? Writes those that differ, and only where no other source has a bar. With $5, only for symbols that have such
-- bars on that day already.
-- The closing print's minute belongs to the last bar. Coverage counts the minutes that can trade, an imported one in full.
-- A bar of imported minutes alone is judged by their flags: providers leave minutes without a trade out, so that a
-- missing minute proves nothing.
WITH day AS (
  SELECT close_time, date_bin('1 minute', open_time, '2000-01-01 00:00+00') AS grid_start, continuous_end_time,
    CASE WHEN close_time > continuous_end_time THEN date_bin('1 minute', close_time, '2000-01-01 00:00+00')
    END AS print_minute
  FROM market_sessions
  WHERE venue = 'KRX' AND trade_date = $1::date AND kind <> 'closed'
), minutes AS (
  SELECT minute.symbol, minute.bar_time AS minute_time,
    date_bin('10 minutes', least(minute.bar_time, day.close_time - interval '1 microsecond'), day.grid_start) AS bar_time,
    minute.open, minute.high, minute.low, minute.close, minute.volume, minute.value, minute.session_id,
    minute.mitigation_level, minute.quality_flag, minute.source = 'import' AS is_imported,
    CASE WHEN minute.bar_time < day.continuous_end_time OR minute.bar_time = day.print_minute
      THEN coalesce(minute.coverage_ratio, 1) ELSE 0 END AS coverage_ratio
  FROM day
  JOIN scalp_1m_bars minute ON minute.bar_time >= day.grid_start
    AND (minute.bar_time < day.close_time OR minute.bar_time = day.print_minute)
  WHERE minute.bar_time >= $2::timestamptz AND minute.bar_time < $3::timestamptz
    AND ($4::text[] IS NULL OR minute.symbol = ANY ($4::text[]))
    AND (NOT $5::boolean OR EXISTS (
      SELECT FROM swing_bars_10m bar
      WHERE bar.symbol = minute.symbol AND bar.source = '1m'
        AND bar.bar_time >= $2::timestamptz AND bar.bar_time < $3::timestamptz
    ))
), bars AS (
  SELECT symbol, bar_time,
    (array_agg(open ORDER BY minute_time))[1] AS open, max(high) AS high, min(low) AS low,
    (array_agg(close ORDER BY minute_time DESC))[1] AS close,
    sum(volume)::bigint AS volume, sum(value) AS value,
    mode() WITHIN GROUP (ORDER BY session_id) AS session_id,
    max(mitigation_level) AS mitigation_level,
    sum(coverage_ratio) AS covered_minutes,
    bool_and(is_imported) AS is_imported,
    2 * count(*) FILTER (WHERE quality_flag <> 'normal') > count(*) AS is_mostly_doubtful
  FROM minutes
  GROUP BY symbol, bar_time
), expected AS (
  SELECT bars.*,
    greatest(0, extract(epoch FROM least(bars.bar_time + interval '10 minutes', day.continuous_end_time) - bars.bar_time) / 60)
      + CASE WHEN day.print_minute <= bars.bar_time + interval '10 minutes' THEN 1 ELSE 0 END AS expected_minutes
  FROM bars
  CROSS JOIN day
), merged AS (
  INSERT INTO swing_bars_10m AS kept (
    symbol, bar_time, open, high, low, close, volume, value, session_id, mitigation_level, quality_flag, source
  )
  SELECT symbol, bar_time, open, high, low, close, volume, value, session_id, mitigation_level,
    CASE
      WHEN is_imported THEN CASE WHEN is_mostly_doubtful THEN 'degraded' ELSE 'normal' END
      WHEN covered_minutes >= 0.7 * expected_minutes THEN 'normal'
      WHEN covered_minutes >= 0.5 * expected_minutes THEN 'degraded'
      ELSE 'gap'
    END,
    '1m'
  FROM expected
  ON CONFLICT (symbol, bar_time) DO UPDATE SET
    open = excluded.open, high = excluded.high, low = excluded.low, close = excluded.close,
    volume = excluded.volume, value = excluded.value, session_id = excluded.session_id,
    mitigation_level = excluded.mitigation_level, quality_flag = excluded.quality_flag
  WHERE kept.source = '1m'
    AND (kept.open, kept.high, kept.low, kept.close, kept.volume, kept.value, kept.session_id,
         kept.mitigation_level, kept.quality_flag)
      IS DISTINCT FROM
        (excluded.open, excluded.high, excluded.low, excluded.close, excluded.volume, excluded.value,
         excluded.session_id, excluded.mitigation_level, excluded.quality_flag)
  RETURNING symbol, (xmax = 0) AS is_new
)
SELECT
  coalesce(array_agg(DISTINCT symbol::text), '{}') AS symbols,
  count(*) FILTER (WHERE is_new)::integer AS inserted,
  count(*) FILTER (WHERE NOT is_new)::integer AS updated
FROM merged
