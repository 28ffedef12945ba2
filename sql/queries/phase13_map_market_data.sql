-- What becomes of a legacy market data row? One view per table, which copying and comparing both read: its columns as
-- they will be in public, `refusal` when they cannot be (then `refused_record` is the row, whole), `is_duplicate` when
-- another row says the same, `changes` for what is told otherwise than it was.
CREATE OR REPLACE VIEW phase13.mapped_scalp_ticks AS
SELECT
    l.id, l.symbol, l.event_time,
    NULLIF(l.bid_price, 'NaN') AS bid_price,
    NULLIF(l.ask_price, 'NaN') AS ask_price,
    NULLIF(l.last_price, 'NaN') AS last_price,
    l.bid_size, l.ask_size, l.volume, l.session_id, l.schema_version, l.receive_time, l.mitigation_level, l.quality_flag,
    verdict.refusal,
    CASE WHEN verdict.refusal IS NOT NULL THEN to_jsonb(l) END AS refused_record,
    CASE WHEN 'NaN' IN (l.bid_price, l.ask_price, l.last_price) THEN '{NaN price made NULL}'::TEXT[] END AS changes
FROM phase13.scalp_ticks l
CROSS JOIN LATERAL (
    SELECT CASE
        WHEN l.symbol IS NULL THEN 'symbol is NULL'
        WHEN l.event_time IS NULL THEN 'event_time is NULL'
        WHEN l.session_id IS NULL THEN 'session_id is NULL'
        -- A month out of all reason would be a partition of its own.
        WHEN l.event_time < '1990-01-01 00:00+09' OR l.event_time >= '2100-01-01 00:00+09' THEN 'event_time is not between 1990 and 2100'
    END AS refusal
) verdict;

-- Equal instants are numbered in the order they were written. A row that repeats another of its instant in everything
-- but its id and the time of writing is one that was written twice.
CREATE OR REPLACE VIEW phase13.expected_scalp_ticks AS
SELECT
    n.symbol, n.event_time, n.seq, n.bid_price, n.ask_price, n.last_price, n.bid_size, n.ask_size, n.volume,
    n.session_id, n.schema_version, n.receive_time, n.mitigation_level, n.quality_flag
FROM (
    SELECT
        d.symbol, d.event_time, row_number() OVER (PARTITION BY d.symbol, d.event_time ORDER BY d.id) - 1 AS seq,
        d.bid_price, d.ask_price, d.last_price, d.bid_size, d.ask_size, d.volume,
        d.session_id, d.schema_version, d.receive_time, d.mitigation_level, d.quality_flag
    FROM (
        SELECT DISTINCT ON (
            m.symbol, m.event_time, m.bid_price, m.ask_price, m.last_price, m.bid_size, m.ask_size, m.volume,
            m.session_id, m.schema_version, m.mitigation_level, m.quality_flag
        )
            m.id, m.symbol, m.event_time, m.bid_price, m.ask_price, m.last_price, m.bid_size, m.ask_size, m.volume,
            m.session_id, m.schema_version, m.receive_time, m.mitigation_level, m.quality_flag
        FROM phase13.mapped_scalp_ticks m
        WHERE m.refusal IS NULL
        ORDER BY m.symbol, m.event_time, m.bid_price, m.ask_price, m.last_price, m.bid_size, m.ask_size, m.volume,
            m.session_id, m.schema_version, m.mitigation_level, m.quality_flag, m.id
    ) d
) n
WHERE n.seq <= 32767;

CREATE OR REPLACE VIEW phase13.mapped_scalp_1m_bars AS
SELECT
    l.symbol, l.bar_time,
    NULLIF(l.open, 'NaN') AS open, NULLIF(l.high, 'NaN') AS high,
    NULLIF(l.low, 'NaN') AS low, NULLIF(l.close, 'NaN') AS close,
    l.volume, l.bid_price_avg, l.ask_price_avg, l.tick_count,
    verdict.coverage_ratio, l.session_id, l.schema_version, l.mitigation_level,
    CASE
        WHEN l.quality_flag IN ('normal', 'degraded', 'gap') THEN l.quality_flag
        WHEN verdict.coverage_ratio >= 0.7 THEN 'normal'
        WHEN verdict.coverage_ratio >= 0.5 THEN 'degraded'
        WHEN verdict.coverage_ratio IS NOT NULL OR l.quality_flag = 'D' THEN 'gap'
        WHEN l.quality_flag IN ('A', 'B') THEN 'normal'
        WHEN l.quality_flag = 'C' THEN 'degraded'
    END AS quality_flag,
    'phase13' AS source,
    verdict.refusal,
    CASE WHEN verdict.refusal IS NOT NULL THEN to_jsonb(l) END AS refused_record,
    FALSE AS is_duplicate,
    array_remove(ARRAY[
        CASE WHEN l.coverage_ratio > 1 AND l.coverage_ratio <> 'NaN' THEN 'coverage above 1 made 1' END,
        CASE WHEN l.coverage_ratio = 'NaN' THEN 'coverage NaN made NULL' END,
        CASE WHEN l.quality_flag IN ('A', 'B', 'C', 'D') THEN 'grade made flag, by coverage' END,
        CASE WHEN 'NaN' IN (l.open, l.high, l.low, l.close) THEN 'NaN price made NULL' END
    ], NULL) AS changes
FROM phase13.scalp_1m_bars l
CROSS JOIN LATERAL (
    SELECT
        CASE WHEN l.coverage_ratio = 'NaN' THEN NULL WHEN l.coverage_ratio > 1 THEN 1 ELSE l.coverage_ratio END AS coverage_ratio,
        CASE
            WHEN l.session_id IS NULL THEN 'session_id is NULL'
            WHEN l.coverage_ratio < 0 THEN 'coverage_ratio is below 0'
            WHEN l.quality_flag NOT IN ('normal', 'degraded', 'gap', 'A', 'B', 'C', 'D') THEN 'quality_flag is unknown'
        END AS refusal
) verdict;

-- Phase 13 wrote the time of collection for bar_time. A bar off the ten-minute grid is put on it, what it said becomes
-- collected_at, and of several of one slot the last collected stands, as when the files they came from are loaded.
CREATE OR REPLACE VIEW phase13.mapped_swing_bars_10m AS
SELECT
    l.bar_time AS legacy_time, l.symbol, verdict.bar_time,
    NULLIF(l.open, 'NaN') AS open, NULLIF(l.high, 'NaN') AS high,
    NULLIF(l.low, 'NaN') AS low, NULLIF(l.close, 'NaN') AS close,
    l.volume, NULLIF(l.bid_price, 'NaN') AS bid_price, NULLIF(l.ask_price, 'NaN') AS ask_price,
    l.session_id, l.schema_version, l.mitigation_level,
    CASE
        WHEN l.quality_flag IN ('A', 'B') THEN 'normal'
        WHEN l.quality_flag = 'C' THEN 'degraded'
        WHEN l.quality_flag = 'D' THEN 'gap'
        ELSE l.quality_flag
    END AS quality_flag,
    'phase13' AS source,
    CASE WHEN verdict.bar_time <> l.bar_time THEN l.bar_time END AS collected_at,
    verdict.refusal,
    CASE WHEN verdict.refusal IS NOT NULL THEN to_jsonb(l) END AS refused_record,
    FALSE AS is_duplicate,
    array_remove(ARRAY[
        CASE WHEN verdict.bar_time <> l.bar_time THEN 'bar_time put on the ten-minute grid' END,
        CASE WHEN l.quality_flag IN ('A', 'B', 'C', 'D') THEN 'grade made flag' END,
        CASE WHEN 'NaN' IN (l.open, l.high, l.low, l.close, l.bid_price, l.ask_price) THEN 'NaN price made NULL' END
    ], NULL) AS changes
FROM phase13.swing_bars_10m l
CROSS JOIN LATERAL (
    SELECT CASE WHEN isfinite(l.bar_time) THEN date_bin('10 minutes', l.bar_time, 'epoch') ELSE l.bar_time END AS bar_time
) slot
CROSS JOIN LATERAL (
    SELECT slot.bar_time, CASE
        WHEN l.session_id IS NULL THEN 'session_id is NULL'
        WHEN NOT isfinite(l.bar_time) THEN 'bar_time is infinite'
        WHEN l.quality_flag NOT IN ('normal', 'degraded', 'gap', 'A', 'B', 'C', 'D') THEN 'quality_flag is unknown'
        WHEN EXISTS (
            SELECT FROM phase13.swing_bars_10m later
            WHERE later.symbol = l.symbol
                AND later.bar_time > l.bar_time AND later.bar_time < slot.bar_time + INTERVAL '10 minutes'
                AND later.session_id IS NOT NULL
                AND coalesce(later.quality_flag, 'normal') IN ('normal', 'degraded', 'gap', 'A', 'B', 'C', 'D')
        ) THEN 'a later one was collected of the same bar'
    END AS refusal
) verdict;

CREATE OR REPLACE VIEW phase13.mapped_scalp_gaps AS
SELECT
    l.id, l.gap_start_ts, l.gap_end_ts, l.gap_seconds, l.scope, l.symbol, l.reason, l.session_id,
    verdict.refusal,
    CASE WHEN verdict.refusal IS NOT NULL THEN to_jsonb(l) END AS refused_record,
    verdict.is_duplicate,
    NULL::TEXT[] AS changes
FROM phase13.scalp_gaps l
CROSS JOIN LATERAL (
    SELECT EXISTS (
        SELECT FROM phase13.scalp_gaps other
        WHERE other.gap_start_ts = l.gap_start_ts AND other.session_id = l.session_id AND other.id < l.id
            AND (other.gap_end_ts, other.gap_seconds, other.scope, other.symbol, other.reason)
                IS NOT DISTINCT FROM (l.gap_end_ts, l.gap_seconds, l.scope, l.symbol, l.reason)
    ) AS is_duplicate
) repeated
CROSS JOIN LATERAL (
    SELECT repeated.is_duplicate, CASE
        WHEN repeated.is_duplicate THEN NULL
        WHEN l.gap_start_ts IS NULL THEN 'gap_start_ts is NULL'
        WHEN l.gap_end_ts IS NULL THEN 'gap_end_ts is NULL'
        WHEN l.gap_seconds IS NULL THEN 'gap_seconds is NULL'
        WHEN l.session_id IS NULL THEN 'session_id is NULL'
        WHEN l.gap_seconds < 0 THEN 'gap_seconds is below 0'
        WHEN l.gap_end_ts < l.gap_start_ts THEN 'the gap ends before it begins'
        WHEN l.scope NOT IN ('scalp', 'swing', 'all') THEN 'scope is unknown'
        WHEN EXISTS (
            SELECT FROM phase13.scalp_gaps other
            WHERE other.gap_start_ts = l.gap_start_ts AND other.session_id = l.session_id
                AND (other.scope, other.symbol) IS NOT DISTINCT FROM (l.scope, l.symbol)
                AND (other.gap_end_ts > l.gap_end_ts OR (other.gap_end_ts = l.gap_end_ts AND other.id < l.id))
                AND other.gap_seconds >= 0
        ) THEN 'another row of the same gap ends later'
    END AS refusal
) verdict;

CREATE OR REPLACE VIEW phase13.mapped_eod_prices AS
SELECT
    l.symbol, l.trade_date,
    NULLIF(l.open, 'NaN') AS open, NULLIF(l.high, 'NaN') AS high,
    NULLIF(l.low, 'NaN') AS low, NULLIF(l.close, 'NaN') AS close,
    l.volume, NULLIF(l.prev_close, 'NaN') AS prev_close, l.schema_version,
    NULL::TEXT AS refusal,
    NULL::JSONB AS refused_record,
    FALSE AS is_duplicate,
    CASE WHEN 'NaN' IN (l.open, l.high, l.low, l.close, l.prev_close) THEN '{NaN price made NULL}'::TEXT[] END AS changes
FROM phase13.eod_prices l;
