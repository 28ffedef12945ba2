-- why:   what was loaded from where, what was collected when, what may be forgotten, and what the market was doing
-- locks: nothing (only new objects)

-- Up Migration

CREATE TABLE partition_management (
    table_name          VARCHAR(100) PRIMARY KEY,
    hot_retention_days  INTEGER NOT NULL DEFAULT 7 CHECK (hot_retention_days > 0),
    cold_retention_days INTEGER NOT NULL DEFAULT 90,
    archive_enabled     BOOLEAN NOT NULL DEFAULT FALSE,
    last_maintenance    TIMESTAMPTZ,
    next_partition_date DATE,
    hot_bound           TIMESTAMPTZ,
    CHECK (cold_retention_days >= hot_retention_days)
);
COMMENT ON TABLE partition_management IS 'How long each table''s rows stay hot and are kept, and how far maintenance has come.';
COMMENT ON COLUMN partition_management.table_name IS 'Table the row is about.';
COMMENT ON COLUMN partition_management.hot_retention_days IS 'Days a row counts as recent.';
COMMENT ON COLUMN partition_management.cold_retention_days IS 'Days after which a row may be archived.';
COMMENT ON COLUMN partition_management.archive_enabled IS 'TRUE to archive past cold_retention_days; FALSE keeps the rows.';
COMMENT ON COLUMN partition_management.last_maintenance IS 'When maintenance last went over the table.';
COMMENT ON COLUMN partition_management.next_partition_date IS 'First day of the first month without a partition; NULL when not partitioned.';
COMMENT ON COLUMN partition_management.hot_bound IS 'Instant from which the hot index covers ticks; NULL when there is none yet.';
COMMENT ON INDEX partition_management_pkey IS 'The row of a table.';
INSERT INTO partition_management (table_name, hot_retention_days, cold_retention_days, archive_enabled) VALUES
    ('scalp_ticks', 7, 30, FALSE),
    ('scalp_1m_bars', 30, 180, TRUE),
    ('swing_bars_10m', 90, 365, TRUE);

CREATE TABLE archive_manifest (
    archive_id     BIGSERIAL PRIMARY KEY,
    table_name     VARCHAR(100) NOT NULL,
    partition_name VARCHAR(100) NOT NULL,
    trade_date     DATE,
    file           TEXT NOT NULL UNIQUE,
    rows           BIGINT NOT NULL CHECK (rows >= 0),
    bytes          BIGINT NOT NULL CHECK (bytes >= 0),
    sha256         CHAR(64) NOT NULL,
    content_hash   CHAR(64) NOT NULL,
    column_sums    JSONB NOT NULL,
    created_at     TIMESTAMPTZ NOT NULL DEFAULT now(),
    verified_at    TIMESTAMPTZ,
    dropped_at     TIMESTAMPTZ,
    restored_at    TIMESTAMPTZ,
    CHECK (dropped_at IS NULL OR verified_at IS NOT NULL)
);
COMMENT ON TABLE archive_manifest IS 'Files that hold rows taken out of the database, or about to be.';
COMMENT ON COLUMN archive_manifest.archive_id IS 'Row number.';
COMMENT ON COLUMN archive_manifest.table_name IS 'Table the rows come from.';
COMMENT ON COLUMN archive_manifest.partition_name IS 'Partition the rows come from; the table itself when it has none.';
COMMENT ON COLUMN archive_manifest.trade_date IS 'Korean calendar day of the rows; NULL when the file holds the whole partition.';
COMMENT ON COLUMN archive_manifest.file IS 'Path of the file under the data root.';
COMMENT ON COLUMN archive_manifest.rows IS 'Rows in the file.';
COMMENT ON COLUMN archive_manifest.bytes IS 'Size of the file in bytes.';
COMMENT ON COLUMN archive_manifest.sha256 IS 'SHA-256 of the file, hexadecimal.';
COMMENT ON COLUMN archive_manifest.content_hash IS 'Hash over the rows, the same in file and table, hexadecimal.';
COMMENT ON COLUMN archive_manifest.column_sums IS 'Sum of every numeric column, as text.';
COMMENT ON COLUMN archive_manifest.created_at IS 'When the file was written.';
COMMENT ON COLUMN archive_manifest.verified_at IS 'When the file was found equal to the table; nothing is dropped before.';
COMMENT ON COLUMN archive_manifest.dropped_at IS 'When the rows left the database.';
COMMENT ON COLUMN archive_manifest.restored_at IS 'When the rows came back.';
COMMENT ON INDEX archive_manifest_pkey IS 'One archive by its number.';
COMMENT ON INDEX archive_manifest_file_key IS 'The entry of a file; a file is written once.';

CREATE TABLE ingest_files (
    file_id           SERIAL PRIMARY KEY,
    path              TEXT NOT NULL UNIQUE,
    dataset           VARCHAR(20) NOT NULL
                      CHECK (dataset IN ('scalp', 'swing', 'gap', 'bars_1m', 'bars_10m', 'daily')),
    sha256            CHAR(64),
    bytes             BIGINT,
    lines             BIGINT,
    rows              BIGINT NOT NULL DEFAULT 0,
    duplicates        BIGINT NOT NULL DEFAULT 0,
    updated           BIGINT NOT NULL DEFAULT 0,
    conflicts         BIGINT NOT NULL DEFAULT 0,
    rejects           BIGINT NOT NULL DEFAULT 0,
    warnings          JSONB NOT NULL DEFAULT '{}',
    gate_codes        JSONB NOT NULL DEFAULT '{}',
    state             VARCHAR(20) NOT NULL DEFAULT 'pending'
                      CHECK (state IN ('pending', 'loading', 'loaded', 'failed', 'changed', 'skipped')),
    checkpoint_bytes  BIGINT NOT NULL DEFAULT 0,
    checkpoint_lines  BIGINT NOT NULL DEFAULT 0,
    checkpoint_sha256 CHAR(64),
    first_event_time  TIMESTAMPTZ,
    last_event_time   TIMESTAMPTZ,
    derived_at        TIMESTAMPTZ,
    error             TEXT,
    registered_at     TIMESTAMPTZ NOT NULL DEFAULT now(),
    started_at        TIMESTAMPTZ,
    finished_at       TIMESTAMPTZ,
    CHECK (state <> 'failed' OR error IS NOT NULL)
);
COMMENT ON TABLE ingest_files IS 'Every file that was loaded or looked at, and how far loading has come.';
COMMENT ON COLUMN ingest_files.file_id IS 'Row number; loaded rows carry it.';
COMMENT ON COLUMN ingest_files.path IS 'Absolute path of the file.';
COMMENT ON COLUMN ingest_files.dataset IS 'What it holds: scalp, swing, gap, bars_1m, bars_10m or daily.';
COMMENT ON COLUMN ingest_files.sha256 IS 'SHA-256 of the uncompressed content, hexadecimal; NULL until known.';
COMMENT ON COLUMN ingest_files.bytes IS 'Size of the uncompressed content in bytes; of the file on disk until it is loaded.';
COMMENT ON COLUMN ingest_files.lines IS 'Lines read.';
COMMENT ON COLUMN ingest_files.rows IS 'Rows inserted.';
COMMENT ON COLUMN ingest_files.duplicates IS 'Records that were already there, identical.';
COMMENT ON COLUMN ingest_files.updated IS 'Rows replaced by a later version.';
COMMENT ON COLUMN ingest_files.conflicts IS 'Records that contradict a stored row; they are in ingest_rejects.';
COMMENT ON COLUMN ingest_files.rejects IS 'Records refused, conflicts included; they are in ingest_rejects.';
COMMENT ON COLUMN ingest_files.warnings IS 'Count by kind of oddity that was tolerated.';
COMMENT ON COLUMN ingest_files.gate_codes IS 'Count by gate code (V-…, G-…).';
COMMENT ON COLUMN ingest_files.state IS 'pending, loading, loaded, failed, changed (differs from what was loaded) or skipped.';
COMMENT ON COLUMN ingest_files.checkpoint_bytes IS 'Uncompressed bytes whose records are committed.';
COMMENT ON COLUMN ingest_files.checkpoint_lines IS 'Lines whose records are committed.';
COMMENT ON COLUMN ingest_files.checkpoint_sha256 IS 'SHA-256 of the uncompressed content up to the checkpoint, hexadecimal.';
COMMENT ON COLUMN ingest_files.first_event_time IS 'Earliest record loaded.';
COMMENT ON COLUMN ingest_files.last_event_time IS 'Latest record loaded.';
COMMENT ON COLUMN ingest_files.derived_at IS 'When bars, coverage and gaps that depend on it were done; NULL while they are due.';
COMMENT ON COLUMN ingest_files.error IS 'Why loading failed.';
COMMENT ON COLUMN ingest_files.registered_at IS 'When the file was first seen.';
COMMENT ON COLUMN ingest_files.started_at IS 'When loading last started.';
COMMENT ON COLUMN ingest_files.finished_at IS 'When loading last ended.';
COMMENT ON INDEX ingest_files_pkey IS 'One file by its number.';
COMMENT ON INDEX ingest_files_path_key IS 'The file at a path; conflict target of registration.';

CREATE TABLE ingest_rejects (
    reject_id   BIGSERIAL PRIMARY KEY,
    file_id     INTEGER REFERENCES ingest_files (file_id) ON DELETE CASCADE,
    line        BIGINT,
    code        VARCHAR(20) NOT NULL,
    field       VARCHAR(40),
    reason      TEXT NOT NULL,
    raw         BYTEA,
    raw_bytes   BIGINT NOT NULL DEFAULT 0,
    rejected_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    CONSTRAINT ingest_rejects_file_line_code_key UNIQUE (file_id, line, code)
);
COMMENT ON TABLE ingest_rejects IS 'Records that were refused, whole, with the reason: nothing is lost without a row here.';
COMMENT ON COLUMN ingest_rejects.reject_id IS 'Row number.';
COMMENT ON COLUMN ingest_rejects.file_id IS 'File it came from; NULL when it was refused live.';
COMMENT ON COLUMN ingest_rejects.line IS 'Line in the file, from 1; NULL when it was refused live.';
COMMENT ON COLUMN ingest_rejects.code IS 'Gate code (V-…, G-…) or reader''s code.';
COMMENT ON COLUMN ingest_rejects.field IS 'Field at fault; NULL when the line as a whole is.';
COMMENT ON COLUMN ingest_rejects.reason IS 'What was found and what was expected.';
COMMENT ON COLUMN ingest_rejects.raw IS 'The line''s bytes; of a line above 1 MiB the first 64 KiB.';
COMMENT ON COLUMN ingest_rejects.raw_bytes IS 'True length of the line in bytes.';
COMMENT ON COLUMN ingest_rejects.rejected_at IS 'When it was refused.';
COMMENT ON INDEX ingest_rejects_pkey IS 'One reject by its number.';
COMMENT ON INDEX ingest_rejects_file_line_code_key IS 'Rejects of a file in order; loading it again adds none.';

CREATE VIEW ingest_rejects_readable AS
SELECT
    r.reject_id,
    f.path,
    r.line,
    r.code,
    r.field,
    r.reason,
    encode(r.raw, 'escape') AS raw_text,
    r.raw_bytes,
    r.rejected_at
FROM ingest_rejects r
LEFT JOIN ingest_files f ON f.file_id = r.file_id;
COMMENT ON VIEW ingest_rejects_readable IS 'Refused records with the path of their file and their bytes as text.';
COMMENT ON COLUMN ingest_rejects_readable.reject_id IS 'Row number of the reject.';
COMMENT ON COLUMN ingest_rejects_readable.path IS 'File it came from; NULL when it was refused live.';
COMMENT ON COLUMN ingest_rejects_readable.line IS 'Line in the file, from 1.';
COMMENT ON COLUMN ingest_rejects_readable.code IS 'Gate code or reader''s code.';
COMMENT ON COLUMN ingest_rejects_readable.field IS 'Field at fault.';
COMMENT ON COLUMN ingest_rejects_readable.reason IS 'What was found and what was expected.';
COMMENT ON COLUMN ingest_rejects_readable.raw_text IS 'The bytes kept, with a backslash and an octal number for each that is not ASCII.';
COMMENT ON COLUMN ingest_rejects_readable.raw_bytes IS 'True length of the line in bytes.';
COMMENT ON COLUMN ingest_rejects_readable.rejected_at IS 'When it was refused.';

CREATE TABLE collector_sessions (
    session_id       VARCHAR(50) PRIMARY KEY,
    track            VARCHAR(10),
    broker           VARCHAR(20),
    started_at       TIMESTAMPTZ,
    ended_at         TIMESTAMPTZ,
    first_event_time TIMESTAMPTZ,
    last_event_time  TIMESTAMPTZ,
    counters         JSONB NOT NULL DEFAULT '{}'
);
COMMENT ON TABLE collector_sessions IS 'Runs of a collector, live or found in loaded files.';
COMMENT ON COLUMN collector_sessions.session_id IS 'Name the records carry.';
COMMENT ON COLUMN collector_sessions.track IS 'swing or scalp; NULL when unknown.';
COMMENT ON COLUMN collector_sessions.broker IS 'Where the data came from: kis, kiwoom, replay, …; NULL when unknown.';
COMMENT ON COLUMN collector_sessions.started_at IS 'When the collector started; NULL when found in files.';
COMMENT ON COLUMN collector_sessions.ended_at IS 'When the collector ended; NULL while it runs.';
COMMENT ON COLUMN collector_sessions.first_event_time IS 'Earliest record of the session; written with the rows, never later.';
COMMENT ON COLUMN collector_sessions.last_event_time IS 'Latest record of the session; written with the rows, never later.';
COMMENT ON COLUMN collector_sessions.counters IS 'What each stage took in and passed on.';
COMMENT ON INDEX collector_sessions_pkey IS 'One session by its name.';

-- An index on session_id would cost every COPY a third of its speed; a session's time range and the BRIN cost nothing.
-- Without the range of its records, the collector's own clock is believed to a day.
CREATE FUNCTION scalp_ticks_of_session(session TEXT) RETURNS SETOF scalp_ticks
LANGUAGE sql STABLE AS $$
    SELECT t.* -- the whole row, whatever columns later migrations add; anything else would not be inlined
    FROM scalp_ticks t
    WHERE t.session_id = session
        AND t.event_time >= COALESCE((
            SELECT COALESCE(s.first_event_time, s.started_at - INTERVAL '1 day')
            FROM collector_sessions s WHERE s.session_id = session), '-infinity')
        AND t.event_time <= COALESCE((
            SELECT COALESCE(s.last_event_time, s.ended_at + INTERVAL '1 day')
            FROM collector_sessions s WHERE s.session_id = session), 'infinity')
$$;
COMMENT ON FUNCTION scalp_ticks_of_session(TEXT) IS
    'Ticks of a collector session, found by its time range; reads everything when collector_sessions does not know it.';

CREATE TABLE symbols (
    code          VARCHAR(20) PRIMARY KEY,
    name          VARCHAR(100) NOT NULL,
    market        VARCHAR(10) NOT NULL,
    kind          VARCHAR(10),
    listed_date   DATE,
    delisted_date DATE,
    updated_at    TIMESTAMPTZ NOT NULL DEFAULT now(),
    CHECK (listed_date <= delisted_date)
);
COMMENT ON TABLE symbols IS 'Instruments.';
COMMENT ON COLUMN symbols.code IS 'Instrument code, 6 characters for Korean stocks.';
COMMENT ON COLUMN symbols.name IS 'Name, usually Korean.';
COMMENT ON COLUMN symbols.market IS 'KOSPI, KOSDAQ or KONEX.';
COMMENT ON COLUMN symbols.kind IS 'stock, etf, etn or elw; NULL when unknown.';
COMMENT ON COLUMN symbols.listed_date IS 'First trading day; NULL when unknown.';
COMMENT ON COLUMN symbols.delisted_date IS 'Day it ceased to be listed; NULL while it is.';
COMMENT ON COLUMN symbols.updated_at IS 'When the row was last confirmed.';
COMMENT ON INDEX symbols_pkey IS 'One instrument by its code.';

CREATE TABLE universe_daily (
    trade_date      DATE NOT NULL,
    symbol          VARCHAR(20) NOT NULL,
    rank            INTEGER NOT NULL CHECK (rank >= 1),
    reason          VARCHAR(100),
    is_carried_over BOOLEAN NOT NULL DEFAULT FALSE,
    PRIMARY KEY (trade_date, symbol)
);
COMMENT ON TABLE universe_daily IS 'Symbols collected on a day, frozen before the open.';
COMMENT ON COLUMN universe_daily.trade_date IS 'Trading day in Korean time.';
COMMENT ON COLUMN universe_daily.symbol IS 'Instrument code.';
COMMENT ON COLUMN universe_daily.rank IS 'Place by value traded, 1 is first.';
COMMENT ON COLUMN universe_daily.reason IS 'Why it is in the universe.';
COMMENT ON COLUMN universe_daily.is_carried_over IS 'TRUE when the previous day''s universe had to be used.';
COMMENT ON INDEX universe_daily_pkey IS 'The universe of a day.';

CREATE TABLE market_sessions (
    venue               VARCHAR(8) NOT NULL,
    trade_date          DATE NOT NULL,
    kind                VARCHAR(20) NOT NULL CHECK (kind IN ('normal', 'late-open', 'exam', 'closed')),
    open_time           TIMESTAMPTZ,
    continuous_end_time TIMESTAMPTZ,
    close_time          TIMESTAMPTZ,
    is_planned          BOOLEAN NOT NULL DEFAULT FALSE,
    rule_book_version   VARCHAR(64),
    CHECK (CASE WHEN kind = 'closed' THEN open_time IS NULL AND close_time IS NULL
        ELSE open_time < continuous_end_time AND continuous_end_time <= close_time END IS TRUE),
    PRIMARY KEY (venue, trade_date)
);
COMMENT ON TABLE market_sessions IS 'The dated calendar: which days a venue trades and when.';
COMMENT ON COLUMN market_sessions.venue IS 'Venue code, such as KRX or NXT.';
COMMENT ON COLUMN market_sessions.trade_date IS 'Day in Korean time.';
COMMENT ON COLUMN market_sessions.kind IS 'normal, late-open, exam or closed.';
COMMENT ON COLUMN market_sessions.open_time IS 'Start of continuous trading; NULL when closed.';
COMMENT ON COLUMN market_sessions.continuous_end_time IS 'End of continuous trading; NULL when closed.';
COMMENT ON COLUMN market_sessions.close_time IS 'Instant of the closing auction print; NULL when closed.';
COMMENT ON COLUMN market_sessions.is_planned IS 'TRUE while the day is a plan and not yet a fact.';
COMMENT ON COLUMN market_sessions.rule_book_version IS 'Version of the rule book the row comes from.';
COMMENT ON INDEX market_sessions_pkey IS 'Days of a venue.';

CREATE TABLE corporate_actions (
    symbol      VARCHAR(20) NOT NULL,
    ex_date     DATE NOT NULL,
    kind        VARCHAR(30) NOT NULL,
    factor      NUMERIC(20,10) CHECK (factor > 0),
    amount      NUMERIC(20,4),
    source      VARCHAR(20),
    recorded_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    PRIMARY KEY (symbol, ex_date, kind)
);
COMMENT ON TABLE corporate_actions IS 'Events that break the comparability of prices. Stored prices stay raw.';
COMMENT ON COLUMN corporate_actions.symbol IS 'Instrument code.';
COMMENT ON COLUMN corporate_actions.ex_date IS 'First trading day at the new basis, Korean time.';
COMMENT ON COLUMN corporate_actions.kind IS 'split, reverse-split, bonus-issue, rights-issue, merger, capital-reduction or dividend.';
COMMENT ON COLUMN corporate_actions.factor IS 'Multiply earlier prices by it to compare them with later ones; NULL for cash dividends.';
COMMENT ON COLUMN corporate_actions.amount IS 'Cash a share, won; NULL when none.';
COMMENT ON COLUMN corporate_actions.source IS 'Where it is known from.';
COMMENT ON COLUMN corporate_actions.recorded_at IS 'When the row was written.';
COMMENT ON INDEX corporate_actions_pkey IS 'Actions of a symbol by date.';

-- Down Migration

DROP FUNCTION scalp_ticks_of_session(TEXT);
DROP VIEW ingest_rejects_readable;
DROP TABLE corporate_actions, market_sessions, universe_daily, symbols, collector_sessions, ingest_rejects,
    ingest_files, archive_manifest, partition_management;
