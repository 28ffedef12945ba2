-- What are the 1-minute bars of due_minutes, all on the Korean date $1 that spans [$2, $3)? Writes those that differ
-- from what is stored. An imported bar gives way where ticks cover at least 0.7 of the minute (its flag is normal then)
-- and else stays: the rule of merge_staged_minute_bars.sql, so that the order of loading does not matter.
-- Cost: each minute is a stretch of the primary key, about 1 µs a tick: twice as fast as hashing the whole range, which
-- spills, and as aggregates that sort (array_agg … ORDER BY). First, last and counter ticks are looked up by their time.
WITH totals AS MATERIALIZED (
  SELECT due.symbol, due.bar_time, ticks.*
  FROM due_minutes due
  CROSS JOIN LATERAL (
    SELECT
      count(*)::integer AS tick_count,
      max(mitigation_level) AS mitigation_level,
      bool_and(venue IS NOT DISTINCT FROM 'NXT') AS is_nxt,
      min(event_time) FILTER (WHERE last_price IS NOT NULL) AS first_price_time,
      max(event_time) FILTER (WHERE last_price IS NOT NULL) AS last_price_time,
      max(event_time) FILTER (WHERE acml_volume IS NOT NULL) AS counter_time,
      max(last_price) AS high,
      min(last_price) AS low,
      sum(volume) AS captured_volume,
      sum(last_price * volume) AS priced_value,
      sum(volume) FILTER (WHERE last_price IS NOT NULL) AS priced_volume,
      avg(bid_price) AS bid_price_avg,
      avg(ask_price) AS ask_price_avg,
      min(session_id COLLATE "C") AS lowest_session,
      max(session_id COLLATE "C") AS highest_session
    FROM scalp_ticks
    WHERE symbol = due.symbol
      AND event_time >= due.bar_time AND event_time < due.bar_time + interval '1 minute'
      AND event_time >= $2::timestamptz AND event_time < $3::timestamptz
  ) ticks
  WHERE ticks.first_price_time IS NOT NULL
), counted AS (
  SELECT totals.*, opening.last_price AS open, closing.last_price AS close,
    counter.acml_volume - base.acml_volume AS counted_volume,
    counter.acml_value - base.acml_value AS counted_value,
    base.event_time < totals.bar_time - interval '1 minute' AS is_stale
  FROM totals
  CROSS JOIN LATERAL (
    SELECT last_price
    FROM scalp_ticks
    WHERE symbol = totals.symbol AND event_time = totals.first_price_time AND last_price IS NOT NULL
      AND event_time >= $2::timestamptz AND event_time < $3::timestamptz
    ORDER BY seq
    LIMIT 1
  ) opening
  CROSS JOIN LATERAL (
    SELECT last_price
    FROM scalp_ticks
    WHERE symbol = totals.symbol AND event_time = totals.last_price_time AND last_price IS NOT NULL
      AND event_time >= $2::timestamptz AND event_time < $3::timestamptz
    ORDER BY seq DESC
    LIMIT 1
  ) closing
  LEFT JOIN LATERAL (
    SELECT acml_volume, acml_value
    FROM scalp_ticks
    WHERE symbol = totals.symbol AND event_time = totals.counter_time AND acml_volume IS NOT NULL
      AND event_time >= $2::timestamptz AND event_time < $3::timestamptz
    ORDER BY seq DESC
    LIMIT 1
  ) counter ON TRUE
  LEFT JOIN LATERAL (
    SELECT event_time, acml_volume, acml_value
    FROM scalp_ticks
    WHERE totals.counter_time IS NOT NULL
      AND symbol = totals.symbol AND event_time >= $2::timestamptz AND event_time < totals.bar_time
      AND acml_volume IS NOT NULL
    ORDER BY event_time DESC, seq DESC
    LIMIT 1
  ) base ON TRUE
), judged AS (
  -- The venue's count is the minute's own only where it begins in the minute before: what was traded in a longer
  -- silence cannot be placed. An older counter may confirm the ticks, not correct them. A count that does not rise
  -- while ticks trade is no count.
  SELECT *,
    CASE
      WHEN counted_volume < 0 OR (counted_volume = 0 AND captured_volume > 0) THEN NULL
      WHEN is_stale AND counted_volume IS DISTINCT FROM captured_volume THEN NULL
      ELSE counted_volume
    END AS true_volume
  FROM counted
), valued AS (
  -- Some venues count value in thousands or millions; then the average price lies nowhere near the minute's prices.
  SELECT *,
    CASE
      WHEN true_volume = 0 AND counted_value = 0 THEN 0
      WHEN true_volume > 0 AND counted_value BETWEEN low / 2 * true_volume AND high * 2 * true_volume THEN counted_value
    END AS true_value
  FROM judged
), covered AS (
  -- Only the print is expected in the minute of the closing auction, and only the part after it in the minute of the open.
  SELECT valued.*,
    CASE
      WHEN day.close_time > day.continuous_end_time
        AND date_bin('1 minute', day.close_time, '2000-01-01 00:00+00') = valued.bar_time THEN 1
      ELSE CASE valued.mitigation_level WHEN 1 THEN 1.0 WHEN 2 THEN 0.5 ELSE 2.0 END * CASE
        WHEN day.open_time > valued.bar_time AND day.open_time < valued.bar_time + interval '1 minute'
        THEN 60 - extract(epoch FROM day.open_time - valued.bar_time)
        ELSE 60
      END
    END AS expected_ticks
  FROM valued
  LEFT JOIN market_sessions day
    ON day.trade_date = $1::date AND day.venue = CASE WHEN valued.is_nxt THEN 'NXT' ELSE 'KRX' END
), bars AS (
  SELECT symbol, bar_time, open, high, low, close,
    coalesce(true_volume, captured_volume)::bigint AS volume,
    CASE WHEN coalesce(true_value, priced_value) < 1e16 THEN coalesce(true_value, priced_value) END AS value,
    CASE
      WHEN true_volume > 0 AND true_value IS NOT NULL THEN true_value::numeric / true_volume
      WHEN priced_volume > 0 THEN priced_value / priced_volume
    END AS vwap,
    bid_price_avg, ask_price_avg, tick_count,
    least(1, tick_count / expected_ticks::double precision) AS coverage_ratio,
    CASE WHEN true_volume > 0 THEN captured_volume::double precision / true_volume END AS volume_capture,
    CASE WHEN lowest_session = highest_session THEN lowest_session ELSE (
      SELECT session_id
      FROM scalp_ticks
      WHERE symbol = covered.symbol
        AND event_time >= covered.bar_time AND event_time < covered.bar_time + interval '1 minute'
        AND event_time >= $2::timestamptz AND event_time < $3::timestamptz
      GROUP BY session_id
      ORDER BY count(*) DESC, session_id COLLATE "C"
      LIMIT 1
    ) END AS session_id,
    coalesce(mitigation_level, 0) AS mitigation_level
  FROM covered
), merged AS (
  INSERT INTO scalp_1m_bars AS kept (
    symbol, bar_time, open, high, low, close, volume, value, vwap, bid_price_avg, ask_price_avg, tick_count,
    coverage_ratio, volume_capture, session_id, mitigation_level, quality_flag, source
  )
  SELECT
    symbol, bar_time, open, high, low, close, volume, value, vwap, bid_price_avg, ask_price_avg, tick_count,
    coverage_ratio, volume_capture, session_id, mitigation_level,
    CASE WHEN coverage_ratio >= 0.7 THEN 'normal' WHEN coverage_ratio >= 0.5 THEN 'degraded' ELSE 'gap' END,
    'ticks'
  FROM bars
  ON CONFLICT (symbol, bar_time) DO UPDATE SET
    open = excluded.open, high = excluded.high, low = excluded.low, close = excluded.close,
    volume = excluded.volume, value = excluded.value, vwap = excluded.vwap,
    bid_price_avg = excluded.bid_price_avg, ask_price_avg = excluded.ask_price_avg,
    tick_count = excluded.tick_count, coverage_ratio = excluded.coverage_ratio,
    volume_capture = excluded.volume_capture, session_id = excluded.session_id,
    mitigation_level = excluded.mitigation_level, quality_flag = excluded.quality_flag,
    schema_version = excluded.schema_version, source = excluded.source, ingest_file_id = NULL
  WHERE (kept.source = 'ticks' OR excluded.quality_flag = 'normal')
    AND (kept.source, kept.open, kept.high, kept.low, kept.close, kept.volume, kept.value, kept.vwap,
         kept.bid_price_avg, kept.ask_price_avg, kept.tick_count, kept.coverage_ratio,
         kept.volume_capture, kept.session_id, kept.mitigation_level, kept.quality_flag)
      IS DISTINCT FROM
        (excluded.source, excluded.open, excluded.high, excluded.low, excluded.close, excluded.volume, excluded.value,
         excluded.vwap, excluded.bid_price_avg, excluded.ask_price_avg, excluded.tick_count, excluded.coverage_ratio,
         excluded.volume_capture, excluded.session_id, excluded.mitigation_level, excluded.quality_flag)
  RETURNING (xmax = 0) AS is_new
)
SELECT
  (SELECT count(*) FROM due_minutes)::integer AS minutes,
  (SELECT coalesce(sum(tick_count), 0) FROM totals)::bigint AS ticks,
  (SELECT coalesce(array_agg(DISTINCT symbol::text), '{}') FROM due_minutes) AS symbols,
  count(*) FILTER (WHERE is_new)::integer AS inserted,
  count(*) FILTER (WHERE NOT is_new)::integer AS updated
FROM merged
