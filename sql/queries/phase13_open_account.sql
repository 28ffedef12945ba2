-- Makes the schema the legacy tables are moved to, and in it the account the upgrade keeps of itself.
CREATE SCHEMA phase13;
COMMENT ON SCHEMA phase13 IS 'The database as Phase 13 left it, and the account of its upgrade.';

CREATE TABLE phase13.upgrade_progress (
    table_name     TEXT PRIMARY KEY,
    position       INTEGER NOT NULL,
    state          TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'copied', 'equal', 'unequal')),
    last_key       TEXT[],
    rows_read      BIGINT NOT NULL DEFAULT 0,
    rows_copied    BIGINT NOT NULL DEFAULT 0,
    rows_duplicate BIGINT NOT NULL DEFAULT 0,
    rows_refused   BIGINT NOT NULL DEFAULT 0,
    changes        JSONB NOT NULL DEFAULT '{}',
    changed_at     TIMESTAMPTZ NOT NULL DEFAULT now()
);
COMMENT ON TABLE phase13.upgrade_progress IS 'How far each table has been copied; written in the transaction of the rows.';
COMMENT ON COLUMN phase13.upgrade_progress.table_name IS 'Table, in schema phase13 and in public.';
COMMENT ON COLUMN phase13.upgrade_progress.position IS 'Order of copying: what is referred to comes first.';
COMMENT ON COLUMN phase13.upgrade_progress.state IS 'waiting (being copied), copied, equal (compared), unequal (compared, and not the same).';
COMMENT ON COLUMN phase13.upgrade_progress.last_key IS 'Key of the last row read; the next batch begins behind it.';
COMMENT ON COLUMN phase13.upgrade_progress.rows_read IS 'Legacy rows read: the sum of copied, duplicate and refused.';
COMMENT ON COLUMN phase13.upgrade_progress.rows_copied IS 'Rows written to the table in public.';
COMMENT ON COLUMN phase13.upgrade_progress.rows_duplicate IS 'Rows that say what another row says already.';
COMMENT ON COLUMN phase13.upgrade_progress.rows_refused IS 'Rows kept in upgrade_refused.';
COMMENT ON COLUMN phase13.upgrade_progress.changes IS 'What was changed in copied rows, and in how many.';
COMMENT ON COLUMN phase13.upgrade_progress.changed_at IS 'When the row was last written.';

CREATE TABLE phase13.upgrade_refused (
    table_name TEXT NOT NULL,
    legacy_key TEXT[] NOT NULL,
    reason     TEXT NOT NULL,
    record     JSONB NOT NULL,
    PRIMARY KEY (table_name, legacy_key)
);
COMMENT ON TABLE phase13.upgrade_refused IS 'Legacy rows that the schema of today cannot hold, whole.';
COMMENT ON COLUMN phase13.upgrade_refused.table_name IS 'Table the row was in.';
COMMENT ON COLUMN phase13.upgrade_refused.legacy_key IS 'Its key there.';
COMMENT ON COLUMN phase13.upgrade_refused.reason IS 'Why it was not copied.';
COMMENT ON COLUMN phase13.upgrade_refused.record IS 'The row, every column.';

CREATE TABLE phase13.upgrade_comparison (
    table_name  TEXT NOT NULL REFERENCES phase13.upgrade_progress (table_name),
    part        TEXT NOT NULL,
    legacy_rows BIGINT NOT NULL,
    legacy_hash NUMERIC NOT NULL,
    public_rows BIGINT NOT NULL,
    public_hash NUMERIC NOT NULL,
    is_equal    BOOLEAN GENERATED ALWAYS AS (legacy_rows = public_rows AND legacy_hash = public_hash) STORED,
    compared_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    PRIMARY KEY (table_name, part)
);
COMMENT ON TABLE phase13.upgrade_comparison IS 'Legacy rows, mapped again all at once, against the rows in public.';
COMMENT ON COLUMN phase13.upgrade_comparison.table_name IS 'Table compared.';
COMMENT ON COLUMN phase13.upgrade_comparison.part IS 'Month in Korean time (YYYY-MM) for ticks, "all" for the others.';
COMMENT ON COLUMN phase13.upgrade_comparison.legacy_rows IS 'Rows that ought to be in public, by the legacy table.';
COMMENT ON COLUMN phase13.upgrade_comparison.legacy_hash IS 'Sum of the 64-bit hashes of their texts: independent of order.';
COMMENT ON COLUMN phase13.upgrade_comparison.public_rows IS 'Rows that are in public.';
COMMENT ON COLUMN phase13.upgrade_comparison.public_hash IS 'The same sum over them.';
COMMENT ON COLUMN phase13.upgrade_comparison.is_equal IS 'TRUE when counts and hashes agree.';
COMMENT ON COLUMN phase13.upgrade_comparison.compared_at IS 'When it was compared.';
