-- Which 1-minute bars made from ticks in [$2, $3), both midnight in Korea, of the symbols $1 are not what the ticks give:
-- different in a column, missing, or without a priced tick? The definition is that of build_minute_bars.sql, computed in
-- one grouped pass instead of a lookup a minute, so that a mistake in one shows in the other. At most $4 rows (NULL: all).
-- Cost: one pass over the ticks of the range, about 1 µs a tick.
WITH minutes AS (
  SELECT symbol, date_bin('1 minute', event_time, '2000-01-01 00:00+00') AS bar_time,
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
  WHERE ($1::text[] IS NULL OR symbol = ANY ($1::text[]))
    AND event_time >= $2::timestamptz AND event_time < $3::timestamptz
  GROUP BY 1, 2
), counters AS (
  SELECT minutes.*, (bar_time AT TIME ZONE 'Asia/Seoul')::date AS trade_date, counter.acml_volume, counter.acml_value
  FROM minutes
  LEFT JOIN LATERAL (
    SELECT t.acml_volume, t.acml_value
    FROM scalp_ticks t
    WHERE t.symbol = minutes.symbol AND t.event_time = minutes.counter_time AND t.acml_volume IS NOT NULL
      AND t.event_time >= $2::timestamptz AND t.event_time < $3::timestamptz
    ORDER BY t.seq DESC
    LIMIT 1
  ) counter ON minutes.counter_time IS NOT NULL
), following AS (
  SELECT *,
    max(counter_time) OVER (
      PARTITION BY symbol, trade_date ORDER BY bar_time ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    ) AS base_time
  FROM counters
), based AS (
  SELECT n.*, n.acml_volume - b.acml_volume AS counted_volume, n.acml_value - b.acml_value AS counted_value,
    b.counter_time < n.bar_time - interval '1 minute' AS is_stale
  FROM following n
  LEFT JOIN counters b ON n.counter_time IS NOT NULL AND b.symbol = n.symbol AND b.counter_time = n.base_time
  WHERE n.first_price_time IS NOT NULL
), counted AS (
  SELECT *,
    CASE
      WHEN counted_volume < 0 OR (counted_volume = 0 AND captured_volume > 0) THEN NULL
      WHEN is_stale AND counted_volume IS DISTINCT FROM captured_volume THEN NULL
      ELSE counted_volume
    END AS true_volume
  FROM based
), valued AS (
  SELECT *,
    CASE
      WHEN true_volume = 0 AND counted_value = 0 THEN 0
      WHEN true_volume > 0 AND counted_value BETWEEN low / 2 * true_volume AND high * 2 * true_volume THEN counted_value
    END AS true_value
  FROM counted
), expected AS (
  SELECT v.symbol, v.bar_time, v.high, v.low, v.bid_price_avg, v.ask_price_avg, v.tick_count,
    coalesce(v.mitigation_level, 0) AS mitigation_level,
    (SELECT t.last_price FROM scalp_ticks t
     WHERE t.symbol = v.symbol AND t.event_time = v.first_price_time AND t.last_price IS NOT NULL
       AND t.event_time >= $2::timestamptz AND t.event_time < $3::timestamptz
     ORDER BY t.seq LIMIT 1) AS open,
    (SELECT t.last_price FROM scalp_ticks t
     WHERE t.symbol = v.symbol AND t.event_time = v.last_price_time AND t.last_price IS NOT NULL
       AND t.event_time >= $2::timestamptz AND t.event_time < $3::timestamptz
     ORDER BY t.seq DESC LIMIT 1) AS close,
    coalesce(v.true_volume, v.captured_volume)::bigint AS volume,
    CASE WHEN coalesce(v.true_value, v.priced_value) < 1e16 THEN coalesce(v.true_value, v.priced_value) END AS value,
    CASE
      WHEN v.true_volume > 0 AND v.true_value IS NOT NULL THEN v.true_value::numeric / v.true_volume
      WHEN v.priced_volume > 0 THEN v.priced_value / v.priced_volume
    END AS vwap,
    CASE WHEN v.true_volume > 0 THEN v.captured_volume::double precision / v.true_volume END AS volume_capture,
    least(1, v.tick_count / CASE
      WHEN day.close_time > day.continuous_end_time
        AND date_bin('1 minute', day.close_time, '2000-01-01 00:00+00') = v.bar_time THEN 1
      ELSE CASE v.mitigation_level WHEN 1 THEN 1.0 WHEN 2 THEN 0.5 ELSE 2.0 END * CASE
        WHEN day.open_time > v.bar_time AND day.open_time < v.bar_time + interval '1 minute'
        THEN 60 - extract(epoch FROM day.open_time - v.bar_time)
        ELSE 60
      END
    END)::double precision AS coverage_ratio,
    CASE WHEN v.lowest_session = v.highest_session THEN v.lowest_session ELSE (
      SELECT t.session_id
      FROM scalp_ticks t
      WHERE t.symbol = v.symbol AND t.event_time >= v.bar_time AND t.event_time < v.bar_time + interval '1 minute'
        AND t.event_time >= $2::timestamptz AND t.event_time < $3::timestamptz
      GROUP BY t.session_id
      ORDER BY count(*) DESC, t.session_id COLLATE "C"
      LIMIT 1
    ) END AS session_id
  FROM valued v
  LEFT JOIN market_sessions day
    ON day.trade_date = v.trade_date AND day.venue = CASE WHEN v.is_nxt THEN 'NXT' ELSE 'KRX' END
), stored AS (
  SELECT symbol, bar_time, open, high, low, close, volume, value, vwap, bid_price_avg, ask_price_avg, tick_count,
    coverage_ratio, volume_capture, session_id, mitigation_level, source
  FROM scalp_1m_bars
  WHERE ($1::text[] IS NULL OR symbol = ANY ($1::text[]))
    AND bar_time >= $2::timestamptz AND bar_time < $3::timestamptz
), compared AS (
  SELECT symbol, bar_time,
    CASE WHEN s.symbol IS NULL THEN 'missing' WHEN e.symbol IS NULL THEN 'no priced tick' ELSE 'different' END AS defect,
    concat_ws(', ',
      CASE WHEN s.open IS DISTINCT FROM e.open THEN 'open' END,
      CASE WHEN s.high IS DISTINCT FROM e.high THEN 'high' END,
      CASE WHEN s.low IS DISTINCT FROM e.low THEN 'low' END,
      CASE WHEN s.close IS DISTINCT FROM e.close THEN 'close' END,
      CASE WHEN s.volume IS DISTINCT FROM e.volume THEN 'volume' END,
      CASE WHEN s.value IS DISTINCT FROM round(e.value, 4) THEN 'value' END,
      CASE WHEN s.vwap IS DISTINCT FROM round(e.vwap, 4) THEN 'vwap' END,
      CASE WHEN s.bid_price_avg IS DISTINCT FROM round(e.bid_price_avg, 4) THEN 'bid_price_avg' END,
      CASE WHEN s.ask_price_avg IS DISTINCT FROM round(e.ask_price_avg, 4) THEN 'ask_price_avg' END,
      CASE WHEN s.tick_count IS DISTINCT FROM e.tick_count THEN 'tick_count' END,
      CASE WHEN s.coverage_ratio IS DISTINCT FROM e.coverage_ratio THEN 'coverage_ratio' END,
      CASE WHEN s.volume_capture IS DISTINCT FROM e.volume_capture THEN 'volume_capture' END,
      CASE WHEN s.session_id IS DISTINCT FROM e.session_id THEN 'session_id' END,
      CASE WHEN s.mitigation_level IS DISTINCT FROM e.mitigation_level THEN 'mitigation_level' END
    ) AS differs_in
  FROM expected e
  FULL JOIN stored s USING (symbol, bar_time)
  WHERE s.source = 'ticks' OR s.symbol IS NULL
)
SELECT count(*) OVER () AS defects, symbol, bar_time, defect,
  CASE defect WHEN 'different' THEN differs_in END AS differs_in
FROM compared
WHERE differs_in <> ''
ORDER BY bar_time, symbol
LIMIT $4::bigint
