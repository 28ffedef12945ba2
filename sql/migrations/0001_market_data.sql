-- why:   the market data every other table is derived from, in the shape existing databases already have;
--        ticks are partitioned by Korean calendar month so that forgetting a month is one DROP
-- locks: nothing (only new objects)

-- Up Migration

COMMENT ON TABLE migration_log IS 'Ledger of schema migrations, kept by the migration tool.';
COMMENT ON COLUMN migration_log.id IS 'Order in which the migration was recorded.';
COMMENT ON COLUMN migration_log.name IS 'File name of the migration without its extension.';
COMMENT ON COLUMN migration_log.run_on IS 'When the migration was applied, UTC.';

-- Fixed-width columns first: no padding between them, which is 12 bytes a row at 40 million rows a month.
-- No CHECK and no foreign key here: the gate judges every record, and each would be paid for on every COPY.
CREATE TABLE scalp_ticks (
    event_time       TIMESTAMPTZ NOT NULL,
    receive_time     TIMESTAMPTZ DEFAULT now(),
    bid_size         BIGINT,
    ask_size         BIGINT,
    volume           BIGINT,
    acml_volume      BIGINT,
    acml_value       BIGINT,
    mitigation_level INTEGER DEFAULT 0,
    ingest_file_id   INTEGER,
    seq              SMALLINT NOT NULL DEFAULT 0,
    symbol           VARCHAR(20) NOT NULL,
    bid_price        NUMERIC(15,4),
    ask_price        NUMERIC(15,4),
    last_price       NUMERIC(15,4),
    venue            VARCHAR(8),
    session_id       VARCHAR(50) NOT NULL,
    schema_version   VARCHAR(10) DEFAULT '1.0',
    quality_flag     VARCHAR(20) DEFAULT 'normal',
    PRIMARY KEY (symbol, event_time, seq)
) PARTITION BY RANGE (event_time);
COMMENT ON TABLE scalp_ticks IS 'Ticks: one observation of one symbol, a trade or a half-second sample. Partitioned by month in Korean time.';
COMMENT ON COLUMN scalp_ticks.event_time IS 'When the venue says it happened.';
COMMENT ON COLUMN scalp_ticks.receive_time IS 'When the collector received it; NULL when the source does not say.';
COMMENT ON COLUMN scalp_ticks.bid_size IS 'Shares wanted at the best bid.';
COMMENT ON COLUMN scalp_ticks.ask_size IS 'Shares offered at the best ask.';
COMMENT ON COLUMN scalp_ticks.volume IS 'Shares traded since the symbol''s previous tick.';
COMMENT ON COLUMN scalp_ticks.acml_volume IS 'Shares traded since the start of the day, as the venue counts them.';
COMMENT ON COLUMN scalp_ticks.acml_value IS 'Value traded since the start of the day, whole won.';
COMMENT ON COLUMN scalp_ticks.mitigation_level IS 'Sampling rate under load: 0, 1, 2 = 2, 1, 0.5 samples a second.';
COMMENT ON COLUMN scalp_ticks.ingest_file_id IS 'File the row was loaded from (ingest_files.file_id); NULL when collected live.';
COMMENT ON COLUMN scalp_ticks.seq IS 'Order among ticks of one symbol at one instant, from 0.';
COMMENT ON COLUMN scalp_ticks.symbol IS 'Instrument code, 6 characters for Korean stocks.';
COMMENT ON COLUMN scalp_ticks.bid_price IS 'Best bid, won a share.';
COMMENT ON COLUMN scalp_ticks.ask_price IS 'Best ask, won a share.';
COMMENT ON COLUMN scalp_ticks.last_price IS 'Last traded price, won a share.';
COMMENT ON COLUMN scalp_ticks.venue IS 'Venue code, such as KRX or NXT; NULL when the source does not say.';
COMMENT ON COLUMN scalp_ticks.session_id IS 'Collector session that recorded it (collector_sessions.session_id).';
COMMENT ON COLUMN scalp_ticks.schema_version IS 'Version of the record format it arrived in.';
COMMENT ON COLUMN scalp_ticks.quality_flag IS 'Verdict of the gate: normal, degraded, or gap (first record after a gap).';

CREATE INDEX idx_scalp_ticks_brin ON scalp_ticks USING brin (event_time) WITH (pages_per_range = 128);
COMMENT ON INDEX idx_scalp_ticks_brin IS 'Time ranges over all symbols: bars from ticks, ticks of a session, verification.';
COMMENT ON INDEX scalp_ticks_pkey IS 'Natural key: loading a tick twice changes nothing. Serves ticks of a symbol by time.';

CREATE TABLE scalp_1m_bars (
    symbol           VARCHAR(20) NOT NULL,
    bar_time         TIMESTAMPTZ NOT NULL,
    open             NUMERIC(15,4),
    high             NUMERIC(15,4),
    low              NUMERIC(15,4),
    close            NUMERIC(15,4),
    volume           BIGINT,
    value            NUMERIC(20,4),
    vwap             NUMERIC(15,4),
    bid_price_avg    NUMERIC(15,4),
    ask_price_avg    NUMERIC(15,4),
    tick_count       INTEGER,
    coverage_ratio   DOUBLE PRECISION CHECK (coverage_ratio BETWEEN 0 AND 1),
    volume_capture   DOUBLE PRECISION,
    session_id       VARCHAR(50) NOT NULL,
    schema_version   VARCHAR(10) DEFAULT '1.0',
    mitigation_level INTEGER DEFAULT 0,
    quality_flag     VARCHAR(20) DEFAULT 'normal' CHECK (quality_flag IN ('normal', 'degraded', 'gap')),
    quality_grade    CHAR(1) GENERATED ALWAYS AS (
        CASE
            WHEN coverage_ratio >= 0.9 THEN 'A'
            WHEN coverage_ratio >= 0.75 THEN 'B'
            WHEN coverage_ratio >= 0.5 THEN 'C'
            WHEN coverage_ratio IS NOT NULL THEN 'D'
        END
    ) STORED,
    source           VARCHAR(20),
    ingest_file_id   INTEGER,
    PRIMARY KEY (symbol, bar_time)
);
COMMENT ON TABLE scalp_1m_bars IS 'One-minute bars, built from ticks or imported.';
COMMENT ON COLUMN scalp_1m_bars.symbol IS 'Instrument code.';
COMMENT ON COLUMN scalp_1m_bars.bar_time IS 'Start of the minute.';
COMMENT ON COLUMN scalp_1m_bars.open IS 'First price of the minute, won a share.';
COMMENT ON COLUMN scalp_1m_bars.high IS 'Highest price of the minute, won a share.';
COMMENT ON COLUMN scalp_1m_bars.low IS 'Lowest price of the minute, won a share.';
COMMENT ON COLUMN scalp_1m_bars.close IS 'Last price of the minute, won a share.';
COMMENT ON COLUMN scalp_1m_bars.volume IS 'Shares traded in the minute: the venue''s figure when known, else the sum over the ticks.';
COMMENT ON COLUMN scalp_1m_bars.value IS 'Value traded in the minute, won.';
COMMENT ON COLUMN scalp_1m_bars.vwap IS 'Volume-weighted average price, won a share.';
COMMENT ON COLUMN scalp_1m_bars.bid_price_avg IS 'Mean best bid over the ticks, won a share.';
COMMENT ON COLUMN scalp_1m_bars.ask_price_avg IS 'Mean best ask over the ticks, won a share.';
COMMENT ON COLUMN scalp_1m_bars.tick_count IS 'Ticks the bar was built from; NULL when imported.';
COMMENT ON COLUMN scalp_1m_bars.coverage_ratio IS 'Ticks present / ticks expected at the minute''s sampling rate, at most 1 (fraction).';
COMMENT ON COLUMN scalp_1m_bars.volume_capture IS 'Volume seen in ticks / volume the venue counted (fraction); NULL without cumulative counters.';
COMMENT ON COLUMN scalp_1m_bars.session_id IS 'Collector session with the most ticks in the minute.';
COMMENT ON COLUMN scalp_1m_bars.schema_version IS 'Version of the record format it arrived in.';
COMMENT ON COLUMN scalp_1m_bars.mitigation_level IS 'Highest mitigation level among the minute''s ticks (0, 1, 2).';
COMMENT ON COLUMN scalp_1m_bars.quality_flag IS 'By coverage: normal from 0.7, degraded from 0.5, else gap. Filters use this one.';
COMMENT ON COLUMN scalp_1m_bars.quality_grade IS 'By coverage: A from 0.9, B from 0.75, C from 0.5, else D; NULL when coverage is unknown.';
COMMENT ON COLUMN scalp_1m_bars.source IS 'Where the bar came from: ticks, import, or the broker whose history it is.';
COMMENT ON COLUMN scalp_1m_bars.ingest_file_id IS 'File the bar was imported from (ingest_files.file_id); NULL when built or collected.';
COMMENT ON INDEX scalp_1m_bars_pkey IS 'Bars of a symbol by time; conflict target of every upsert.';

CREATE TABLE scalp_gaps (
    id             SERIAL PRIMARY KEY,
    gap_start_ts   TIMESTAMPTZ NOT NULL,
    gap_end_ts     TIMESTAMPTZ NOT NULL,
    gap_seconds    INTEGER NOT NULL CHECK (gap_seconds >= 0),
    scope          VARCHAR(20) CHECK (scope IN ('scalp', 'swing', 'all')),
    symbol         VARCHAR(20),
    reason         VARCHAR(100),
    severity       VARCHAR(10) GENERATED ALWAYS AS (
        CASE WHEN gap_seconds >= 300 THEN 'critical' WHEN gap_seconds >= 60 THEN 'major' ELSE 'minor' END
    ) STORED,
    is_open        BOOLEAN NOT NULL DEFAULT FALSE,
    metadata       JSONB,
    session_id     VARCHAR(50) NOT NULL,
    ingest_file_id INTEGER,
    CHECK (gap_end_ts >= gap_start_ts),
    CONSTRAINT scalp_gaps_natural_key UNIQUE NULLS NOT DISTINCT (scope, symbol, gap_start_ts, session_id)
);
COMMENT ON TABLE scalp_gaps IS 'Stretches of time for which data are known to be missing. Evidence, never filled with invented data.';
COMMENT ON COLUMN scalp_gaps.id IS 'Row number.';
COMMENT ON COLUMN scalp_gaps.gap_start_ts IS 'Instant of the last record before the gap.';
COMMENT ON COLUMN scalp_gaps.gap_end_ts IS 'Instant data resumed; while is_open, the latest instant known to be missing.';
COMMENT ON COLUMN scalp_gaps.gap_seconds IS 'Length in seconds, rounded.';
COMMENT ON COLUMN scalp_gaps.scope IS 'Which data are missing: scalp, swing or all.';
COMMENT ON COLUMN scalp_gaps.symbol IS 'Instrument code; NULL when every symbol of the scope is concerned.';
COMMENT ON COLUMN scalp_gaps.reason IS 'Why: ws_disconnect, ws_timeout, api_error, rate_limit, no_data_received, … or a foreign ledger''s text.';
COMMENT ON COLUMN scalp_gaps.severity IS 'By length: minor below 60 s, major below 5 min, critical from 5 min.';
COMMENT ON COLUMN scalp_gaps.is_open IS 'TRUE while data have not resumed; the row is updated when they do.';
COMMENT ON COLUMN scalp_gaps.metadata IS 'What else the ledger recorded about the gap.';
COMMENT ON COLUMN scalp_gaps.session_id IS 'Collector session that noticed it.';
COMMENT ON COLUMN scalp_gaps.ingest_file_id IS 'File the gap was loaded from (ingest_files.file_id); NULL when recorded live.';
COMMENT ON INDEX scalp_gaps_pkey IS 'One gap by its number.';
COMMENT ON INDEX scalp_gaps_natural_key IS 'One row per gap: opening, closing and loading it again all meet the same row.';

CREATE TABLE swing_bars_10m (
    symbol           VARCHAR(20) NOT NULL,
    bar_time         TIMESTAMPTZ NOT NULL,
    open             NUMERIC(15,4),
    high             NUMERIC(15,4),
    low              NUMERIC(15,4),
    close            NUMERIC(15,4),
    volume           BIGINT,
    value            NUMERIC(20,4),
    session_id       VARCHAR(50) NOT NULL,
    schema_version   VARCHAR(10) DEFAULT '1.0',
    mitigation_level INTEGER DEFAULT 0,
    quality_flag     VARCHAR(20) DEFAULT 'normal' CHECK (quality_flag IN ('normal', 'degraded', 'gap')),
    venue            VARCHAR(8),
    source           VARCHAR(20),
    collected_at     TIMESTAMPTZ,
    ingest_file_id   INTEGER,
    PRIMARY KEY (symbol, bar_time)
);
COMMENT ON TABLE swing_bars_10m IS 'Ten-minute bars of the universe.';
COMMENT ON COLUMN swing_bars_10m.symbol IS 'Instrument code.';
COMMENT ON COLUMN swing_bars_10m.bar_time IS 'Start of the bar.';
COMMENT ON COLUMN swing_bars_10m.open IS 'First price of the bar, won a share.';
COMMENT ON COLUMN swing_bars_10m.high IS 'Highest price of the bar, won a share.';
COMMENT ON COLUMN swing_bars_10m.low IS 'Lowest price of the bar, won a share.';
COMMENT ON COLUMN swing_bars_10m.close IS 'Last price of the bar, won a share; the closing auction print belongs to the last bar.';
COMMENT ON COLUMN swing_bars_10m.volume IS 'Shares traded in the bar.';
COMMENT ON COLUMN swing_bars_10m.value IS 'Value traded in the bar, won.';
COMMENT ON COLUMN swing_bars_10m.session_id IS 'Collector session that recorded it.';
COMMENT ON COLUMN swing_bars_10m.schema_version IS 'Version of the record format it arrived in.';
COMMENT ON COLUMN swing_bars_10m.mitigation_level IS 'Sampling rate under load when it was recorded (0, 1, 2).';
COMMENT ON COLUMN swing_bars_10m.quality_flag IS 'Verdict of the gate: normal, degraded or gap.';
COMMENT ON COLUMN swing_bars_10m.venue IS 'Venue code; NULL when the source does not say.';
COMMENT ON COLUMN swing_bars_10m.source IS 'Where the bar came from: a broker, import, or 1m when built from one-minute bars.';
COMMENT ON COLUMN swing_bars_10m.collected_at IS 'When the bar was collected; of two versions of a bar the later collected wins.';
COMMENT ON COLUMN swing_bars_10m.ingest_file_id IS 'File the bar was loaded from (ingest_files.file_id); NULL when collected live.';
COMMENT ON INDEX swing_bars_10m_pkey IS 'Bars of a symbol by time; conflict target of every upsert.';

CREATE TABLE eod_prices (
    symbol         VARCHAR(20) NOT NULL,
    trade_date     DATE NOT NULL,
    open           NUMERIC(15,4),
    high           NUMERIC(15,4),
    low            NUMERIC(15,4),
    close          NUMERIC(15,4),
    volume         BIGINT,
    prev_close     NUMERIC(15,4),
    schema_version VARCHAR(10) DEFAULT '1.0',
    ingest_file_id INTEGER,
    PRIMARY KEY (symbol, trade_date)
);
COMMENT ON TABLE eod_prices IS 'Daily prices, unadjusted.';
COMMENT ON COLUMN eod_prices.symbol IS 'Instrument code.';
COMMENT ON COLUMN eod_prices.trade_date IS 'Trading day in Korean time.';
COMMENT ON COLUMN eod_prices.open IS 'First price of the day, won a share.';
COMMENT ON COLUMN eod_prices.high IS 'Highest price of the day, won a share.';
COMMENT ON COLUMN eod_prices.low IS 'Lowest price of the day, won a share.';
COMMENT ON COLUMN eod_prices.close IS 'Closing price, won a share.';
COMMENT ON COLUMN eod_prices.volume IS 'Shares traded in the day.';
COMMENT ON COLUMN eod_prices.prev_close IS 'Base price of the day as the venue gives it (previous close, adjusted on ex-dates), won a share.';
COMMENT ON COLUMN eod_prices.schema_version IS 'Version of the record format it arrived in.';
COMMENT ON COLUMN eod_prices.ingest_file_id IS 'File the row was loaded from (ingest_files.file_id); NULL when collected live.';
COMMENT ON INDEX eod_prices_pkey IS 'Days of a symbol; conflict target of every upsert.';

-- SECURITY DEFINER because attaching a partition needs ownership, which the writer does not have.
-- LIKE + ATTACH rather than CREATE … PARTITION OF: the latter takes ACCESS EXCLUSIVE on the parent and stops readers.
CREATE FUNCTION create_monthly_partition(table_name TEXT, partition_date DATE) RETURNS TEXT
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    parent         REGCLASS := to_regclass(format('public.%I', table_name));
    month_start    DATE := date_trunc('month', partition_date)::DATE;
    partition_name TEXT := table_name || '_' || to_char(month_start, 'YYYYMM');
    from_time      TIMESTAMPTZ := month_start::TIMESTAMP AT TIME ZONE 'Asia/Seoul';
    to_time        TIMESTAMPTZ := (month_start + INTERVAL '1 month') AT TIME ZONE 'Asia/Seoul';
    existing       REGCLASS;
BEGIN
    IF parent IS NULL OR NOT EXISTS (
        SELECT FROM pg_partitioned_table WHERE partrelid = parent AND partstrat = 'r'
    ) THEN
        RAISE EXCEPTION '"%" is not a table partitioned by range', table_name USING ERRCODE = 'wrong_object_type';
    END IF;

    -- Transactions that need a new month meet here; the second finds the partition of the first. It is the lock that
    -- attaching takes anyway; an advisory lock would not make this session look at the catalog anew.
    IF to_regclass(format('public.%I', partition_name)) IS NULL THEN
        EXECUTE format('LOCK TABLE ONLY %I IN SHARE UPDATE EXCLUSIVE MODE', table_name);
    END IF;
    existing := to_regclass(format('public.%I', partition_name));
    IF existing IS NOT NULL THEN
        IF NOT EXISTS (SELECT FROM pg_inherits WHERE inhrelid = existing AND inhparent = parent) THEN
            RAISE EXCEPTION 'table "%" exists but is not a partition of "%"', partition_name, table_name
                USING ERRCODE = 'duplicate_table', HINT = 'Attach it, or rename it out of the way.';
        END IF;
        RETURN partition_name;
    END IF;

    EXECUTE format('CREATE TABLE %I (LIKE %I INCLUDING ALL)', partition_name, table_name);
    EXECUTE format('COMMENT ON TABLE %I IS %L', partition_name,
        format('%s of %s, Korean time.', table_name, to_char(month_start, 'YYYY-MM')));
    EXECUTE format('ALTER TABLE %I ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)',
        table_name, partition_name, from_time, to_time);
    RETURN partition_name;
END
$$;
COMMENT ON FUNCTION create_monthly_partition(TEXT, DATE) IS
    'Makes the partition of the Korean calendar month that holds the date, unless it exists; returns its name.';

-- Down Migration

DROP FUNCTION create_monthly_partition(TEXT, DATE);
DROP TABLE eod_prices, swing_bars_10m, scalp_gaps, scalp_1m_bars, scalp_ticks;
DROP TABLE IF EXISTS swing_bars_10m_saved_quotes;
