-- why:   a bar's return depends on the bar before it, which back-filling may add, change or remove later; the
--        triggers therefore mend the bar and its successor, once per statement and not once per row
-- locks: ACCESS EXCLUSIVE on swing_bars_10m, while the returns of existing bars are computed

-- Up Migration

ALTER TABLE swing_bars_10m ADD COLUMN returns_pct NUMERIC(10,8);
COMMENT ON COLUMN swing_bars_10m.returns_pct IS
    'close / close of the symbol''s previous bar − 1 (fraction), also across sessions; NULL for the first bar and from 9,999 % on. Kept by triggers.';

-- Changed bars that lie close together are read as one range: a lookup per bar is many times slower, and one range per
-- symbol would read eight years for two bars. Only rows that differ are written, so a loader that fills returns_pct
-- itself pays for a check and no second write. The setting tells the update trigger that this is the mending itself.
CREATE FUNCTION mend_swing_returns(symbols TEXT[], bar_times TIMESTAMPTZ[]) RETURNS BIGINT
LANGUAGE plpgsql AS $$
DECLARE
    mended BIGINT;
BEGIN
    -- Not a SET clause of the function: that would need a superuser.
    PERFORM set_config('observer.mending_returns', 'on', TRUE);
    WITH marked AS (
        SELECT c.symbol, c.bar_time,
            c.bar_time - lag(c.bar_time) OVER (PARTITION BY c.symbol ORDER BY c.bar_time) > INTERVAL '7 days' AS starts_range
        FROM unnest(symbols, bar_times) AS c (symbol, bar_time)
    ), numbered AS (
        SELECT m.symbol, m.bar_time,
            count(*) FILTER (WHERE m.starts_range) OVER (PARTITION BY m.symbol ORDER BY m.bar_time) AS range_no
        FROM marked m
    ), ranges AS (
        SELECT n.symbol, min(n.bar_time) AS first_time, max(n.bar_time) AS last_time
        FROM numbered n
        GROUP BY n.symbol, n.range_no
    ), expected AS (
        SELECT r.symbol, bar.bar_time,
            CASE WHEN bar.previous_close > 0 AND abs(bar.close / bar.previous_close - 1) < 99.99
            THEN round((bar.close - bar.previous_close) / bar.previous_close, 8) END AS returns_pct
        FROM ranges r
        CROSS JOIN LATERAL (
            SELECT b.bar_time, b.close, lag(b.close) OVER (ORDER BY b.bar_time) AS previous_close
            FROM swing_bars_10m b
            WHERE b.symbol = r.symbol
                AND b.bar_time >= COALESCE((
                    SELECT max(p.bar_time) FROM swing_bars_10m p
                    WHERE p.symbol = r.symbol AND p.bar_time < r.first_time), r.first_time)
                AND b.bar_time <= COALESCE((
                    SELECT min(s.bar_time) FROM swing_bars_10m s
                    WHERE s.symbol = r.symbol AND s.bar_time > r.last_time), r.last_time)
        ) bar
        WHERE bar.bar_time >= r.first_time
    )
    UPDATE swing_bars_10m b
    SET returns_pct = e.returns_pct
    FROM expected e
    WHERE b.symbol = e.symbol AND b.bar_time = e.bar_time AND b.returns_pct IS DISTINCT FROM e.returns_pct;
    GET DIAGNOSTICS mended = ROW_COUNT;
    PERFORM set_config('observer.mending_returns', 'off', TRUE);
    RETURN mended;
END
$$;
COMMENT ON FUNCTION mend_swing_returns(TEXT[], TIMESTAMPTZ[]) IS
    'Recomputes returns_pct of the given bars and of their successors; returns how many were wrong.';

-- Neighbouring bars written by two transactions at once would not see each other. One lock for the table, taken
-- before any row, keeps that from happening and cannot deadlock; bars are few enough for that.
CREATE FUNCTION queue_swing_writers() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    IF current_setting('observer.mending_returns', TRUE) IS DISTINCT FROM 'on' THEN
        PERFORM pg_advisory_xact_lock(hashtext('observer.swing_returns'));
    END IF;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION queue_swing_writers() IS 'Lets one transaction at a time write ten-minute bars.';

CREATE FUNCTION swing_returns_after_insert() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    PERFORM mend_swing_returns(array_agg(n.symbol::TEXT), array_agg(n.bar_time)) FROM added n;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION swing_returns_after_insert() IS 'Fills returns_pct of inserted bars and mends their successors.';

CREATE FUNCTION swing_returns_after_delete() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    PERFORM mend_swing_returns(array_agg(o.symbol::TEXT), array_agg(o.bar_time)) FROM removed o;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION swing_returns_after_delete() IS 'Mends returns_pct of the successors of deleted bars.';

CREATE FUNCTION swing_returns_after_update() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    IF current_setting('observer.mending_returns', TRUE) = 'on' THEN
        RETURN NULL;
    END IF;
    PERFORM mend_swing_returns(array_agg(c.symbol::TEXT), array_agg(c.bar_time))
    FROM (
        (SELECT n.symbol, n.bar_time, n.close, n.returns_pct FROM added n
         EXCEPT SELECT o.symbol, o.bar_time, o.close, o.returns_pct FROM removed o)
        UNION ALL
        (SELECT o.symbol, o.bar_time, o.close, o.returns_pct FROM removed o
         EXCEPT SELECT n.symbol, n.bar_time, n.close, n.returns_pct FROM added n)
    ) c;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION swing_returns_after_update() IS 'Mends returns_pct where a close or a key changed, and of the successors.';

CREATE TRIGGER swing_returns_queue BEFORE INSERT OR UPDATE OR DELETE ON swing_bars_10m
    FOR EACH STATEMENT EXECUTE FUNCTION queue_swing_writers();
CREATE TRIGGER swing_returns_insert AFTER INSERT ON swing_bars_10m
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION swing_returns_after_insert();
CREATE TRIGGER swing_returns_update AFTER UPDATE ON swing_bars_10m
    REFERENCING OLD TABLE AS removed NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION swing_returns_after_update();
CREATE TRIGGER swing_returns_delete AFTER DELETE ON swing_bars_10m
    REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION swing_returns_after_delete();

SELECT mend_swing_returns(array_agg(symbol::TEXT), array_agg(bar_time)) FROM swing_bars_10m;

-- Down Migration

DROP TRIGGER swing_returns_delete ON swing_bars_10m;
DROP TRIGGER swing_returns_update ON swing_bars_10m;
DROP TRIGGER swing_returns_insert ON swing_bars_10m;
DROP TRIGGER swing_returns_queue ON swing_bars_10m;
DROP FUNCTION swing_returns_after_update();
DROP FUNCTION swing_returns_after_delete();
DROP FUNCTION swing_returns_after_insert();
DROP FUNCTION queue_swing_writers();
DROP FUNCTION mend_swing_returns(TEXT[], TIMESTAMPTZ[]);
ALTER TABLE swing_bars_10m DROP COLUMN returns_pct;
