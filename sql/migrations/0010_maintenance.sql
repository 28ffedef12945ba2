-- why:   partitions are made ahead, and only recent ticks pay for an index over all symbols
-- locks: nothing (only new objects)

-- Up Migration

CREATE VIEW tick_partitions AS
SELECT
    c.oid::REGCLASS::TEXT AS partition_name,
    (regexp_match(pg_get_expr(c.relpartbound, c.oid), 'FROM \(''([^'']+)''\)'))[1]::TIMESTAMPTZ AS from_time,
    (regexp_match(pg_get_expr(c.relpartbound, c.oid), 'TO \(''([^'']+)''\)'))[1]::TIMESTAMPTZ AS to_time,
    c.reltuples::BIGINT AS estimated_rows,
    pg_total_relation_size(c.oid) AS total_bytes,
    hot.name AS hot_index
FROM pg_inherits i
JOIN pg_class c ON c.oid = i.inhrelid
LEFT JOIN LATERAL (
    SELECT x.indexrelid::REGCLASS::TEXT AS name
    FROM pg_index x
    WHERE x.indrelid = c.oid AND x.indpred IS NOT NULL
        AND x.indexrelid::REGCLASS::TEXT LIKE 'idx\_scalp\_ticks\_hot\_%'
) hot ON TRUE
WHERE i.inhparent = 'scalp_ticks'::REGCLASS;
COMMENT ON VIEW tick_partitions IS 'Monthly partitions of scalp_ticks.';
COMMENT ON COLUMN tick_partitions.partition_name IS 'Name of the partition.';
COMMENT ON COLUMN tick_partitions.from_time IS 'First instant it holds: midnight of the first of the month, Korean time.';
COMMENT ON COLUMN tick_partitions.to_time IS 'First instant it no longer holds.';
COMMENT ON COLUMN tick_partitions.estimated_rows IS 'Rows when last analysed; −1 when never.';
COMMENT ON COLUMN tick_partitions.total_bytes IS 'Bytes on disk, indexes included.';
COMMENT ON COLUMN tick_partitions.hot_index IS 'Its index over the newest ticks of all symbols; NULL when it has none.';

-- The index exists only on partitions that reach beyond the bound: building it on an old one would read all of it to
-- index nothing. An index is kept until it covers twice the hot days, so that maintenance does not rebuild it daily.
CREATE FUNCTION move_hot_bound(bound TIMESTAMPTZ DEFAULT NULL) RETURNS TIMESTAMPTZ
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    hot        INTERVAL;
    current    TIMESTAMPTZ;
    wanted     TIMESTAMPTZ;
    part       RECORD;
    index_name TEXT;
BEGIN
    SELECT make_interval(days => m.hot_retention_days), m.hot_bound INTO STRICT hot, current
    FROM partition_management m
    WHERE m.table_name = 'scalp_ticks'
    FOR UPDATE;
    wanted := COALESCE(bound, date_trunc('day', now(), 'Asia/Seoul') - hot);
    IF bound IS NULL AND current <= wanted AND current > wanted - hot THEN
        wanted := current;
    END IF;

    FOR part IN SELECT p.partition_name, p.to_time, p.hot_index FROM tick_partitions p LOOP
        IF part.hot_index IS NOT NULL AND (wanted IS DISTINCT FROM current OR part.to_time <= wanted) THEN
            EXECUTE format('DROP INDEX %I', part.hot_index);
            part.hot_index := NULL;
        END IF;
        IF part.hot_index IS NULL AND part.to_time > wanted THEN
            index_name := 'idx_scalp_ticks_hot_' || right(part.partition_name, 6);
            EXECUTE format('CREATE INDEX %I ON %I (event_time DESC, symbol) WHERE event_time >= %L',
                index_name, part.partition_name, wanted);
            EXECUTE format('COMMENT ON INDEX %I IS %L', index_name, 'Newest ticks over all symbols.');
        END IF;
    END LOOP;
    UPDATE partition_management m SET hot_bound = wanted WHERE m.table_name = 'scalp_ticks';
    RETURN wanted;
END
$$;
COMMENT ON FUNCTION move_hot_bound(TIMESTAMPTZ) IS
    'Moves the bound of the idx_scalp_ticks_hot indexes to the given instant, or to the hot days of partition_management; returns it. '
    'Queries that ask for event_time ≥ a constant at or after the bound can use them. Writers to those partitions wait meanwhile.';

CREATE FUNCTION maintain_partitions() RETURNS VOID
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    this_month DATE := date_trunc('month', now() AT TIME ZONE 'Asia/Seoul')::DATE;
    next_month DATE := (this_month + INTERVAL '1 month')::DATE;
    managed    TEXT;
BEGIN
    FOR managed IN
        SELECT m.table_name
        FROM partition_management m
        JOIN pg_partitioned_table p ON p.partrelid = to_regclass(format('public.%I', m.table_name))
        ORDER BY m.table_name
    LOOP
        PERFORM create_monthly_partition(managed, this_month);
        PERFORM create_monthly_partition(managed, next_month);
        UPDATE partition_management m
        SET next_partition_date = (next_month + INTERVAL '1 month')::DATE
        WHERE m.table_name = managed;
    END LOOP;
    PERFORM move_hot_bound();
    UPDATE partition_management SET last_maintenance = now();
END
$$;
COMMENT ON FUNCTION maintain_partitions() IS
    'Makes the partitions of this month and the next, Korean time, and moves the hot bound. Run after the close; safe to run at any time.';

-- Down Migration

DROP FUNCTION maintain_partitions();
DROP FUNCTION move_hot_bound(TIMESTAMPTZ);
DO $$
DECLARE
    hot TEXT;
BEGIN
    FOR hot IN SELECT p.hot_index FROM tick_partitions p WHERE p.hot_index IS NOT NULL LOOP
        EXECUTE format('DROP INDEX %I', hot);
    END LOOP;
END
$$;
UPDATE partition_management SET hot_bound = NULL;
DROP VIEW tick_partitions;
