-- why:   an hourly overview of the last 90 days of ten-minute bars that any SQL client can read at once
-- locks: nothing (only new objects)

-- Up Migration

-- Reaches back from the newest bar, not from the clock: the same bars always give the same view.
CREATE MATERIALIZED VIEW mv_rolling_stats_hourly AS
WITH bars AS (
    SELECT
        b.symbol,
        b.bar_time,
        (b.bar_time AT TIME ZONE 'Asia/Seoul')::DATE AS trade_date,
        b.high::DOUBLE PRECISION AS high,
        b.low::DOUBLE PRECISION AS low,
        b.close::DOUBLE PRECISION AS close,
        b.volume::DOUBLE PRECISION AS volume
    FROM swing_bars_10m b
    WHERE b.bar_time > (SELECT max(n.bar_time) FROM swing_bars_10m n) - INTERVAL '90 days'
        AND b.quality_flag = 'normal'
        AND b.close > 0
), moves AS (
    SELECT
        b.symbol,
        b.trade_date,
        date_trunc('hour', b.bar_time, 'Asia/Seoul') AS stat_hour,
        b.close,
        b.volume,
        GREATEST(b.high - b.low, abs(b.high - lag(b.close) OVER w), abs(b.low - lag(b.close) OVER w)) AS true_range,
        CASE WHEN lag(b.trade_date) OVER w = b.trade_date THEN ln(b.close / lag(b.close) OVER w) END AS log_return
    FROM bars b
    WINDOW w AS (PARTITION BY b.symbol ORDER BY b.bar_time)
), hours AS (
    SELECT m.stat_hour, m.trade_date FROM moves m GROUP BY m.stat_hour, m.trade_date
), expected AS (
    -- A day the calendar does not know is taken for a normal one: 09:00 to 15:30.
    SELECT
        h.stat_hour,
        count(*) AS bars
    FROM hours h
    LEFT JOIN market_sessions s ON s.venue = 'KRX' AND s.trade_date = h.trade_date AND s.kind <> 'closed'
    CROSS JOIN LATERAL generate_series(
        COALESCE(s.open_time, (h.trade_date + TIME '09:00') AT TIME ZONE 'Asia/Seoul'),
        COALESCE(s.close_time, (h.trade_date + TIME '15:30') AT TIME ZONE 'Asia/Seoul') - INTERVAL '10 minutes',
        INTERVAL '10 minutes'
    ) AS slot (start)
    WHERE slot.start >= h.stat_hour AND slot.start < h.stat_hour + INTERVAL '1 hour'
    GROUP BY h.stat_hour
)
SELECT
    m.symbol,
    m.stat_hour,
    10 AS window_minutes,
    'swing_bars_10m'::VARCHAR(20) AS source_table,
    avg(m.close) AS price_mean,
    stddev_samp(m.close) AS price_stddev,
    min(m.close) AS price_min,
    max(m.close) AS price_max,
    avg(m.log_return) AS return_mean,
    stddev_samp(m.log_return) AS return_stddev,
    stddev_samp(m.log_return) * sqrt(252 * 39) AS volatility_pct,
    avg(m.true_range) AS atr_n,
    avg(m.volume) AS volume_mean,
    stddev_samp(m.volume) AS volume_stddev,
    count(*) AS bar_count,
    LEAST(1, count(*)::DOUBLE PRECISION / max(e.bars)) AS coverage_ratio
FROM moves m
LEFT JOIN expected e ON e.stat_hour = m.stat_hour
GROUP BY m.symbol, m.stat_hour;

CREATE UNIQUE INDEX idx_mv_rolling_stats ON mv_rolling_stats_hourly (symbol, stat_hour);
COMMENT ON INDEX idx_mv_rolling_stats IS 'Hours of a symbol; refreshing without stopping readers needs it.';
COMMENT ON MATERIALIZED VIEW mv_rolling_stats_hourly IS 'Statistics by symbol and clock hour over the newest 90 days of normal ten-minute bars.';
COMMENT ON COLUMN mv_rolling_stats_hourly.symbol IS 'Instrument code.';
COMMENT ON COLUMN mv_rolling_stats_hourly.stat_hour IS 'Start of the hour.';
COMMENT ON COLUMN mv_rolling_stats_hourly.window_minutes IS 'Length of the source bars in minutes (10); the statistics are over the hour.';
COMMENT ON COLUMN mv_rolling_stats_hourly.source_table IS 'swing_bars_10m.';
COMMENT ON COLUMN mv_rolling_stats_hourly.price_mean IS 'Mean close, won a share.';
COMMENT ON COLUMN mv_rolling_stats_hourly.price_stddev IS 'Standard deviation of the closes (n − 1), won a share.';
COMMENT ON COLUMN mv_rolling_stats_hourly.price_min IS 'Lowest close, won a share.';
COMMENT ON COLUMN mv_rolling_stats_hourly.price_max IS 'Highest close, won a share.';
COMMENT ON COLUMN mv_rolling_stats_hourly.return_mean IS 'Mean log return a bar (fraction); the first bar of a session has none.';
COMMENT ON COLUMN mv_rolling_stats_hourly.return_stddev IS 'Standard deviation of the log returns (n − 1, fraction).';
COMMENT ON COLUMN mv_rolling_stats_hourly.volatility_pct IS 'return_stddev × √(252 × 39 bars a day) (fraction).';
COMMENT ON COLUMN mv_rolling_stats_hourly.atr_n IS 'Mean true range, with the previous bar''s close, won a share.';
COMMENT ON COLUMN mv_rolling_stats_hourly.volume_mean IS 'Mean volume a bar, shares.';
COMMENT ON COLUMN mv_rolling_stats_hourly.volume_stddev IS 'Standard deviation of the volume (n − 1), shares.';
COMMENT ON COLUMN mv_rolling_stats_hourly.bar_count IS 'Normal bars in the hour.';
COMMENT ON COLUMN mv_rolling_stats_hourly.coverage_ratio IS 'bar_count / bars the session has in the hour (fraction); NULL outside the session.';

CREATE FUNCTION refresh_rolling_stats_hourly() RETURNS VOID
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    REFRESH MATERIALIZED VIEW CONCURRENTLY mv_rolling_stats_hourly;
END
$$;
COMMENT ON FUNCTION refresh_rolling_stats_hourly() IS 'Brings mv_rolling_stats_hourly up to date; readers go on meanwhile.';

-- Down Migration

DROP FUNCTION refresh_rolling_stats_hourly();
DROP MATERIALIZED VIEW mv_rolling_stats_hourly;
